"use client";

import type { ObservedEffect, PolicyOutlook } from "../../../server/preview/observed-schemas.ts";
import { Answer } from "../../../ui/answer.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { plural } from "../../../ui/format/numbers.ts";
import { formatMoment } from "../../../ui/format/times.ts";
import { Panel } from "../../../ui/panel.tsx";
import { useWindow, useWindowWords } from "../../time/index.ts";
import { useObservedEffect, useObservedRoutes } from "../hooks/use-observed-effect.ts";
import { boundNotes } from "../view-model/bound-notes.ts";
import { effectWords } from "../view-model/effect-words.ts";
import { endText } from "../view-model/outlook-rows.ts";
import { rangeWords } from "../view-model/range-words.ts";
import { sinceWords } from "../view-model/since-words.ts";
import { EffectGlyph } from "./effect-glyph.tsx";
import { OutlookBar } from "./outlook-bar.tsx";
import { RouteTable, routesNote } from "./route-table.tsx";

/** What one policy, were it enforced, would have done to the window's requests: as sidecars counted while it observed. */
export function ObservedPolicyPanel({ namespace, name }: { namespace: string; name: string }) {
  const { length } = useWindow();
  const effect = useObservedEffect({ scope: "policy", namespace, name });
  return (
    <Panel
      title="If it were enforced"
      aside={<span className="text-muted text-xs">{useWindowWords(length)}</span>}
    >
      <Answer query={effect} what="what was observed" rows={4}>
        {({ policies, window }) => policies[0] && <Outlook policy={policies[0]} window={window} />}
      </Answer>
    </Panel>
  );
}

function Outlook({ policy, window }: { policy: PolicyOutlook; window: ObservedEffect["window"] }) {
  const { judged, effects, callers, inForce } = policy;
  if (judged === 0) return <NothingObserved isEnforced={inForce.mode === "enforce"} />;
  const touched = callers.filter((caller) => caller.effects.length > 0);
  const untouched = callers.length - touched.length;
  return (
    <>
      <p role="status" className="mb-1">
        {effects.length === 0
          ? `It judged ${plural(judged, "request")} while it observed, and would have changed none.`
          : `Of ${plural(judged, "request")} that it judged while it observed:`}
      </p>
      {effects.length > 0 && <EffectLines effects={effects} label="Effects" />}
      <ul aria-label="By caller" className="mt-1">
        {touched.map((caller) => (
          <li key={endText(caller)} className="flex flex-col gap-1.5 border-line border-t py-3">
            <div className="flex flex-wrap items-baseline gap-x-3">
              <h3 className="grow font-medium">{endText(caller)}</h3>
              <span className="text-muted text-xs">{plural(caller.judged, "request")}</span>
            </div>
            <OutlookBar effects={caller.effects} all={caller.judged} />
            <EffectLines effects={caller.effects} label={`Of ${endText(caller)}`} />
          </li>
        ))}
      </ul>
      {untouched > 0 && touched.length > 0 && (
        <p className="text-muted text-xs">{plural(untouched, "other caller")} would notice nothing.</p>
      )}
      {effects.length > 0 && <Routes policy={policy} />}
      <Notes policy={policy} window={window} />
    </>
  );
}

function EffectLines({ effects, label }: { effects: PolicyOutlook["effects"]; label: string }) {
  return (
    <ul aria-label={label} className="flex flex-col gap-1">
      {effects.map(({ effect, verdict, ...range }) => (
        <li key={`${effect} ${verdict}`} className="flex flex-wrap items-center gap-x-2 text-xs">
          <EffectGlyph group={effectWords[effect].group} />
          {rangeWords(range)} {effectWords[effect].words}
          <code className="break-all font-mono text-muted">{verdict}</code>
        </li>
      ))}
    </ul>
  );
}

function Routes({ policy: { namespace, name } }: { policy: PolicyOutlook }) {
  const routes = useObservedRoutes({ scope: "policy", namespace, name });
  return (
    <div className="-mx-4 mt-2 border-line border-t">
      <Answer query={routes} what="the routes" rows={3}>
        {(found) => (
          <>
            {found.routes.length > 0 ? (
              <RouteTable rows={found.routes} isOfOne />
            ) : (
              <p className="px-4 py-2 text-muted text-xs">
                No such request was logged, so there are neither routes nor examples.
              </p>
            )}
            {routesNote(found) && <p className="px-4 pt-2 text-muted text-xs">{routesNote(found)}</p>}
          </>
        )}
      </Answer>
    </div>
  );
}

function Notes({ policy, window }: { policy: PolicyOutlook; window: ObservedEffect["window"] }) {
  const { effects, revision, changedAtMs } = policy;
  const denied = effects.find(({ effect }) => effect === "denied");
  const notes = [
    changedAtMs > window.fromMs && sinceWords(revision, formatMoment(changedAtMs, window.toMs)),
    ...boundNotes(new Set(effects.map(({ effect }) => effect))),
    denied !== undefined &&
      denied.atLeast !== denied.atMost &&
      "Other policies that allow only observe as well: alone, this one would also refuse whom only they let in.",
  ].filter((note) => note !== false);
  return (
    <ul aria-label="What these counts rest on" className="mt-2 flex flex-col gap-0.5 text-muted text-xs">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

function NothingObserved({ isEnforced }: { isEnforced: boolean }) {
  return isEnforced ? (
    <EmptyState title="It is enforced">
      What it does shows in its service's requests. What it would do is counted only while it observes; the
      draft below can be replayed over the logs all the same.
    </EmptyState>
  ) : (
    <EmptyState title="No request met it in this window">
      Sidecars count from the moment they have the policy. A longer window, or a little patience, may show
      some; the draft below can be replayed over the logs.
    </EmptyState>
  );
}
