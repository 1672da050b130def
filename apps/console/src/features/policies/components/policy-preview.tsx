"use client";

import { History, Square, Waypoints } from "lucide-react";
import { useRouter } from "next/navigation";
import type { PreviewEvent } from "../../../server/api/preview.ts";
import { Button } from "../../../ui/button.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { ErrorState } from "../../../ui/error-state.tsx";
import { formatCount, plural } from "../../../ui/format/numbers.ts";
import { formatAgo, formatInterval } from "../../../ui/format/times.ts";
import { Panel } from "../../../ui/panel.tsx";
import { useLink } from "../../frame/index.ts";
import { type DraftOnMap, useKeepDraftOnMap } from "../../preview/hooks/use-draft-on-map.ts";
import { draftEdges } from "../../preview/view-model/draft-edges.ts";
import { groupWords, previewGroups } from "../../preview/view-model/effect-words.ts";
import { useNow } from "../../sources/hooks/use-now.ts";
import { useWindow, useWindowWords } from "../../time/index.ts";
import { useDraftPreview } from "../hooks/use-draft-preview.ts";
import { usePolicyCheck } from "../hooks/use-policy-check.ts";
import { countGroups, coverageOf, evidenceOf } from "../view-model/preview-words.ts";
import { PreviewedCallerItem } from "./previewed-caller.tsx";
import { PreviewedRoutes } from "./previewed-routes.tsx";

interface PolicyPreviewProps {
  readonly text: string;
  /** Where the draft is written. */
  readonly page: string;
}

/** What a draft, enforced, would have done to the requests of the page's window, once somebody asks. */
export function PolicyPreview({ text, page }: PolicyPreviewProps) {
  const { length } = useWindow();
  const words = useWindowWords(length);
  const check = usePolicyCheck(text);
  const replay = useDraftPreview(page);
  const { asked, preview, atMs, isRunning, error } = replay;
  const isPossible = check.current && check.acceptable && check.drafts.length === 1;
  const name = check.drafts[0]?.policy?.name;
  const isOld = asked !== undefined && (asked.text !== text || asked.window !== length);
  return (
    <Panel
      title="What it would have done"
      aside={
        isRunning ? (
          <Button look="quiet" size="small" onClick={replay.stop}>
            <Square size={12} aria-hidden /> Stop
          </Button>
        ) : (
          <>
            {preview?.finished && preview.requests > 0 && asked && !isOld && name !== undefined && (
              <OnTheMap draft={{ ...{ name, preview }, window: asked.window, from: page }} />
            )}
            <Button size="small" disabled={!isPossible} onClick={() => replay.ask({ text, window: length })}>
              <History size={13} aria-hidden /> Replay over the {words}
            </Button>
          </>
        )
      }
    >
      {asked === undefined && (
        <p className="text-muted">
          Replays this text over the logged requests of its service, as if it alone had been enforced, and
          tells who would have noticed. Nothing is changed.
        </p>
      )}
      {isOld && (
        <p role="status" className="mb-3 rounded-md bg-degraded-soft px-2 py-1.5 text-degraded text-xs">
          This is about an earlier text or another window. Replay again to see the present one.
        </p>
      )}
      {isRunning && <Progress preview={preview} />}
      {error !== null && <ErrorState error={error} what="the preview" retry={replay.retry} />}
      {preview && atMs !== undefined && <Replayed window={preview.window} atMs={atMs} />}
      {asked && preview && <Previewed preview={preview} />}
    </Panel>
  );
}

/** Which requests the numbers are of, and how old they are: who comes back to a draft finds its last replay. */
function Replayed({ window, atMs }: { window: PreviewEvent["window"]; atMs: number }) {
  const nowMs = useNow(true) ?? Date.now();
  return (
    <p className="mb-3 text-muted text-xs">
      Of {formatInterval(window)}, replayed {formatAgo(atMs, nowMs)}.
    </p>
  );
}

/** Leads to the map, whose edges tell the same there. */
function OnTheMap({ draft }: { draft: Omit<DraftOnMap, "edges"> }) {
  const keep = useKeepDraftOnMap();
  const router = useRouter();
  const linkTo = useLink();
  const show = () => {
    keep({ ...draft, edges: draftEdges(draft.preview) });
    router.push(linkTo("/?label=draft"));
  };
  return (
    <Button size="small" onClick={show}>
      <Waypoints size={13} aria-hidden /> On the map
    </Button>
  );
}

function Progress({ preview }: { preview: PreviewEvent | undefined }) {
  return (
    <div className="mb-3 flex items-center gap-3 text-muted text-xs">
      <progress
        aria-label="Replayed"
        max={1}
        value={preview ? coverageOf(preview) : 0}
        className="h-2 grow accent-accent"
      />
      <span>{plural(preview?.requests ?? 0, "request")} so far</span>
    </div>
  );
}

function Previewed({ preview }: { preview: PreviewEvent }) {
  const { callers, requests, others, routes, moreRoutes, finished } = preview;
  if (requests === 0)
    return finished ? (
      <EmptyState title="No request was logged">
        Nothing called {preview.service.name} in this window, or its callers' sidecars log no requests. A
        longer window may have some.
      </EmptyState>
    ) : null;
  const counts = countGroups(callers.flatMap(({ verdicts }) => verdicts));
  const told = previewGroups.filter((group) => counts[group] > 0);
  return (
    <>
      <p role="status">
        Of {plural(requests, "logged request")}{" "}
        {told.map((group) => `${formatCount(counts[group])} ${groupWords[group]}`).join(", ")}.
      </p>
      <ul aria-label="By caller">
        {callers.map((caller) => (
          <PreviewedCallerItem key={`${caller.namespace}/${caller.service}`} caller={caller} />
        ))}
      </ul>
      <PreviewedRoutes routes={routes} more={moreRoutes} />
      {others.callers > 0 && (
        <p className="text-muted text-xs">
          {plural(others.callers, "more caller")} with {plural(others.requests, "request")} are not listed.
        </p>
      )}
      {finished && (
        <ul aria-label="What this rests on" className="mt-2 flex flex-col gap-0.5 text-muted text-xs">
          {evidenceOf(preview).map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
    </>
  );
}
