import { type Analysis, followRollout, observeTick } from "../analysis/analysis.ts";
import { type Evidence, judge } from "../analysis/evidence.ts";
import type { AnalysisSettings } from "../analysis/settings.ts";
import { command } from "../decide/command.ts";
import { type Decision, decide } from "../decide/decide.ts";
import { hasEnded, type RolloutState, startRollout, type Traffic, trafficOf } from "../decide/state.ts";
import type { RolloutPlan } from "../plan/plan.ts";
import { type DegradedSlot, type Harm, slotDrawer } from "./draw-slot.ts";

/** Everything that the runs of one question have in common. */
export interface ReplaySetting {
  readonly plan: RolloutPlan;
  readonly settings: AnalysisSettings;
  readonly fresh: Analysis;
  readonly slots: readonly DegradedSlot[];
  readonly slotMs: number;
  /** How many slots a run lasts at most; beyond the last slot it goes on with the first. */
  readonly length: number;
  readonly harm: Harm & { readonly fromStep: number };
  /** Share of all requests that a step of chosen requests chooses, 0 to 1. */
  readonly matchedShare: number;
}

/** What took a canary back, or stopped it. */
export type CaughtBy = "successRate" | "latency" | "errorBudget" | "latencyLimit" | "sampleRatio" | "tooLong";

/** One rollout, from its start to its end or to that of the time given. */
export interface RunEnd {
  readonly end: "takenBack" | "stopped" | "passed" | "unfinished";
  readonly caughtBy: CaughtBy | undefined;
  /** Since the start. */
  readonly atMs: number;
  /** Index of the step that it ended in. */
  readonly step: number;
  /** When each step began that it came to, since the start. */
  readonly enteredMs: readonly number[];
  /** Requests that the canary answered; copies are not among them. */
  readonly reached: number;
  /** Of them failed or slow, and not so at the baseline. */
  readonly suffered: number;
  /** Why it had come no further, in the words of its last decision. */
  readonly reason: string;
}

/** Runs the plan once, judged and decided after each slot as the controller does; approvals are given at once. */
export function replayRun(setting: ReplaySetting, random: () => number): RunEnd {
  const { plan, settings, slots, slotMs, length, harm, matchedShare } = setting;
  const draw = slotDrawer(random);
  let analysis = setting.fresh;
  let state = approved(startRollout(0), plan);
  let decision: Decision | undefined;
  const enteredMs = [0];
  let [reached, suffered] = [0, 0];
  for (let at = 0; at < length; at++) {
    const { share, assigned, copies } = splitOf(plan, trafficOf(plan, state), matchedShare);
    const drawn = draw(
      slots[at % slots.length]!,
      share,
      state.step >= harm.fromStep ? harm : undefined,
      copies,
    );
    if (!copies) reached += drawn.canary.requests;
    suffered += drawn.suffered;
    const toMs = (at + 1) * slotMs;
    const tick = { fromMs: at * slotMs, toMs, ...drawn, assigned };
    analysis = observeTick(analysis, tick, settings);
    decision = decide(state, judge(analysis, settings), plan, toMs);
    if (decision.action === "advance") enteredMs.push(toMs);
    state = approved(decision.state, plan);
    if (hasEnded(state) || state.phase === "paused") break;
    analysis = followRollout(analysis, state);
  }
  return {
    ...endOf(state, decision),
    ...{ atMs: state.seenMs, step: Math.min(state.step, plan.steps.length - 1), enteredMs },
    ...{ reached, suffered, reason: decision?.reason ?? "no traffic" },
  };
}

/** As if somebody stood by. */
function approved(state: RolloutState, plan: RolloutPlan): RolloutState {
  if (state.phase !== "running" || state.approved || !plan.steps[state.step]?.approval) return state;
  const outcome = command(state, { kind: "approve", step: state.step }, plan);
  return "state" in outcome ? outcome.state : state;
}

interface Split {
  /** Of all requests, 0 to 1. */
  readonly share: number;
  /** As the controller would say it of this tick. */
  readonly assigned: number | undefined;
  readonly copies: boolean;
}

function splitOf({ testers }: RolloutPlan, traffic: Traffic, matchedShare: number): Split {
  const unsaid = { assigned: undefined, copies: false };
  switch (traffic.kind) {
    case "weight": {
      const share = traffic.canary / 100;
      return { ...unsaid, share, assigned: testers === undefined ? share : undefined };
    }
    case "mirror":
      return { ...unsaid, share: traffic.percent / 100, copies: true };
    case "match":
      return { ...unsaid, share: matchedShare };
  }
}

function endOf(state: RolloutState, decision: Decision | undefined): Pick<RunEnd, "end" | "caughtBy"> {
  if (state.phase === "succeeded") return { end: "passed", caughtBy: undefined };
  if (decision === undefined || state.phase === "running") return { end: "unfinished", caughtBy: undefined };
  const { evidence } = decision;
  return state.phase === "rolledBack"
    ? { end: "takenBack", caughtBy: harmIn(evidence) }
    : { end: "stopped", caughtBy: evidence.sampleRatio?.mismatch ? "sampleRatio" : "tooLong" };
}

function harmIn({ guards, comparisons }: Evidence): CaughtBy {
  const tripped = guards.find((guard) => guard.tripped);
  if (tripped) return tripped.guard.kind === "errorBudget" ? "errorBudget" : "latencyLimit";
  return comparisons.find(({ verdict }) => verdict === "worse")?.check ?? "successRate";
}
