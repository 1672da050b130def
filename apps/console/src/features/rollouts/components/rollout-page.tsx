"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { WindowText } from "@weir/domain";
import { textOfWindow } from "@weir/domain/browser";
import { problemOf } from "../../../client/problem.ts";
import { useTRPC } from "../../../client/trpc.ts";
import { useLastingError } from "../../../client/use-lasting-error.ts";
import type { ShownRollout } from "../../../server/rollouts/shown-rollout.ts";
import { Answer } from "../../../ui/answer.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { ShareChart, versionHues } from "../../canaries/index.ts";
import { useChanges } from "../../changes/index.ts";
import { NoSuchPage } from "../../frame/index.ts";
import { useLive } from "../../live/index.ts";
import { useWindow } from "../../time/index.ts";
import { comparesAt } from "../view-model/compares-at.ts";
import { ownChanges, rolloutTime } from "../view-model/rollout-time.ts";
import { EventLog } from "./event-log.tsx";
import { EvidenceView } from "./evidence-view.tsx";
import { RolloutHeader } from "./rollout-header.tsx";
import { SteeringPanel } from "./steering-panel.tsx";
import { UnreadableRollout } from "./unreadable-rollout.tsx";
import { VersionsTable } from "./versions-table.tsx";

/** As often as controllers look: what a look that holds says is told to nobody, for it changes nothing. */
const lookMs = 2_000;

/** One rollout as it goes: its steps, what both versions do, what that is worth, and every decision with its evidence. */
export function RolloutPage({ id }: { id: number }) {
  const { state } = useLive();
  const rollout = useQuery(
    useTRPC().rollouts.get.queryOptions(
      { id },
      {
        refetchInterval: ({ state: { data, error } }) =>
          state === "live" && !data?.isOver && !isUnreadable(error) ? lookMs : false,
      },
    ),
  );
  const error = useLastingError(rollout);
  if (problemOf(error).code === "NOT_FOUND") return <NoSuchPage />;
  if (isUnreadable(error)) return <UnreadableRollout id={id} />;
  return (
    <Answer query={rollout} what="the rollout" rows={12}>
      {(found) => <Loaded key={id} rollout={found} nowMs={found.nowMs} />}
    </Answer>
  );
}

/** Another release wrote it: asking again helps only once something has changed, and that is told. */
function isUnreadable(error: unknown): boolean {
  return problemOf(error).code === "VALIDATION";
}

function Loaded({ rollout, nowMs }: { rollout: ShownRollout; nowMs: number }) {
  const { plan, look, state, signals, course } = rollout;
  const hueOf = versionHues([plan.baseline, plan.canary]);
  const evidence = look?.evidence;
  const inStep = course.filter(({ step }) => step === evidence?.step);
  const { namespace, targetRef: name } = plan;
  const changes = useChanges({ namespace, name }, courseWindow(inStep));
  return (
    <div className="mx-auto flex max-w-384 flex-col gap-4 p-3 md:p-6">
      <RolloutHeader rollout={rollout} nowMs={nowMs} />
      <SteeringPanel rollout={rollout} hueOf={hueOf} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Panel title={rollout.isOver ? "The evidence at its end" : "Evidence now"} flush>
          {evidence ? (
            <EvidenceView
              {...{ evidence, plan }}
              compares={comparesAt(plan.steps, evidence.step)}
              course={inStep}
              changes={changes.data}
            />
          ) : (
            <p role="status" className="p-4 text-muted">
              {rollout.isOver
                ? "It ended before anybody looked."
                : "No look yet: the first comes as soon as the sidecars have told of this step."}
            </p>
          )}
        </Panel>
        <div className="flex min-w-0 flex-col gap-4">
          <Panel title="Both versions" flush>
            {signals ? (
              <VersionsTable {...{ signals, plan, hueOf }} />
            ) : (
              <p className="p-4 text-muted">
                {state.phase === "running" ? "Nothing was told of this step yet." : "Nothing was told of it."}
              </p>
            )}
          </Panel>
          <EventLog rollout={rollout} hueOf={hueOf} nowMs={nowMs} />
          <Shares rollout={rollout} hueOf={hueOf} />
        </div>
      </div>
    </div>
  );
}

/** Undefined where nothing is drawn yet. */
function courseWindow(points: ShownRollout["course"]): WindowText | undefined {
  const [first, last] = [points[0], points.at(-1)];
  return first && last && last.atMs - first.atMs >= 10_000
    ? textOfWindow({ fromMs: first.atMs, toMs: last.atMs })
    : undefined;
}

/** In the window of the page while it goes on; of one that is over in its own time, with what became of it and of no other. */
function Shares({ rollout, hueOf }: { rollout: ShownRollout; hueOf(version: string): string }) {
  const { namespace, targetRef: service } = rollout.plan;
  const window = useWindow();
  const past = rolloutTime(rollout);
  const length = past ?? window.length;
  const traffic = useQuery(
    useTRPC().canaries.traffic.queryOptions(
      { namespace, service, policy: rollout.policy, length },
      { placeholderData: keepPreviousData },
    ),
  );
  const { data: changes } = useChanges({ namespace, name: service }, past);
  const shown = changes && past ? ownChanges(changes, rollout.id) : changes;
  return (
    <Panel title="Shares over time">
      <Answer query={traffic} what="traffic by version" rows={4}>
        {(data) => <ShareChart traffic={data} changes={shown} hueOf={hueOf} />}
      </Answer>
    </Panel>
  );
}
