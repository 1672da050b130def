import { whyOf } from "@weir/domain";
import { hasEnded, stepWords } from "@weir/rollout";
import type { RolloutEvent, StoredRollout, UnreadableRow } from "@weir/store";
import { printable } from "./console-api.ts";
import { renderTable } from "./render-table.ts";

/** For programs: all but what the analysis computes with. */
export function rolloutJson(rollout: StoredRollout, events?: readonly RolloutEvent[]): string {
  const { analysis: _, ...told } = rollout;
  return JSON.stringify(events ? { ...told, events } : told, null, 2);
}

export function unreadableWords({ id, subject, why }: UnreadableRow): string {
  return `rollout ${id} of ${subject} cannot be read by this release: ${printable(why)}`;
}

/** `running`, `paused`, `taken back`: the phase in words. */
export function phaseWords({ state }: StoredRollout): string {
  return state.phase === "rolledBack" ? "taken back" : state.phase;
}

/** `step 2 of 3, 50 %`. */
export function placeWords({ state, plan }: StoredRollout): string {
  const step = plan.steps[state.step];
  return `step ${state.step + 1} of ${plan.steps.length}${step ? `, ${stepWords(step)}` : ""}`;
}

/** A rollout and all that became of it, for people. */
export function rolloutText(rollout: StoredRollout, events: readonly RolloutEvent[]): string {
  const { id, plan, planRevision } = rollout;
  const evidence = evidenceTable(rollout);
  return [
    `${plan.namespace}/${plan.targetRef}: ${plan.canary} takes over from ${plan.baseline} (rollout ${id}, plan ${plan.name}, revision ${planRevision})`,
    `${phaseWords(rollout)}, ${placeWords(rollout)}: ${printable(whyOf(whyWords(rollout, events) ?? "not looked at yet"))}`,
    "",
    stepTable(rollout),
    ...(evidence ? ["", evidence] : []),
    "",
    renderTable(
      ["WHEN", "WHO", "WHAT", "WHY"],
      events.map(({ at, author, action, reason, comment }) => [
        at.toISOString().replace(/\.\d+Z$/, "Z"),
        printable(author),
        actions[action],
        printable(comment ? `${whyOf(reason)} (${comment})` : whyOf(reason)),
      ]),
    ),
  ].join("\n");
}

const actions: Readonly<Record<RolloutEvent["action"], string>> = {
  ...{ start: "started", advance: "went on", succeed: "succeeded", pause: "paused", resume: "resumed" },
  ...{ rollBack: "taken back", abort: "aborted", approve: "approved", skip: "skipped a step" },
  ...{ promote: "promoted", replan: "another plan" },
};

/** Why it stands where it does. What a look at a paused one says is that it is paused; who or what paused it is an event. */
function whyWords({ state, look }: StoredRollout, events: readonly RolloutEvent[]): string | undefined {
  if (hasEnded(state)) return events[0]?.reason;
  const pause = state.phase === "paused" ? events.find(({ action }) => action === "pause") : undefined;
  if (pause === undefined) return look?.reason;
  return pause.comment ? `${pause.reason} (${pause.comment})` : pause.reason;
}

function stepTable({ plan, state }: StoredRollout): string {
  const rows = plan.steps.map((step, at) => [
    at === state.step && !hasEnded(state) ? ">" : at < state.step || state.phase === "succeeded" ? "✔" : "",
    String(at + 1),
    stepWords(step),
    `${step.forMs / 1_000} s`,
    [
      ...(step.minRequests === undefined ? [] : [`${step.minRequests} requests`]),
      ...(step.approval ? ["approval"] : []),
    ].join(", "),
  ]);
  return renderTable(["", "STEP", "TRAFFIC", "AT LEAST", "AND"], rows);
}

const checkNames = { successRate: "success rate", latency: "latency" } as const;

/** What the newest look was based on. */
function evidenceTable({ look }: StoredRollout): string | undefined {
  if (look === undefined) return undefined;
  const { comparisons, guards } = look.evidence;
  const rows = [
    ...comparisons.map(({ check, inStep: { canary, baseline }, interval, verdict }) => [
      checkNames[check],
      share(canary.hits, canary.requests),
      share(baseline.hits, baseline.requests),
      `${verdict === "worse" && interval.low === 0 ? "above 0" : points(interval.low)} to ${points(interval.high)} points`,
      verdict,
    ]),
    ...guards.map(({ guard, observed, limit, requests, tripped, above }) => [
      guard.kind === "latency" ? `over ${guard.limitMs} ms` : "error budget",
      above
        ? `${share(above.hits, above.requests)} in the last ${above.ms / 1_000} s`
        : share((observed ?? 0) * requests, requests),
      "-",
      `at most ${percent(limit)}`,
      tripped ? "tripped" : "kept",
    ]),
  ];
  return rows.length === 0
    ? undefined
    : renderTable(["CHECK", "CANARY", "BASELINE", "DIFFERENCE", "VERDICT"], rows);
}

function share(hits: number, requests: number): string {
  return requests === 0 ? "no request" : `${percent(hits / requests)} of ${requests.toLocaleString("en")}`;
}

function percent(value: number): string {
  return `${Number((value * 100).toPrecision(3))} %`;
}

function points(difference: number): string {
  const value = Number((difference * 100).toPrecision(2));
  return value > 0 ? `+${value}` : String(value);
}
