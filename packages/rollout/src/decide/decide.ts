import type { Evidence } from "../analysis/evidence.ts";
import type { RolloutPlan } from "../plan/plan.ts";
import { comparesIn, type Step } from "../plan/step.ts";
import { elapse, silence, staleness } from "./clock.ts";
import { enterStep, hasEnded, type RolloutState } from "./state.ts";
import {
  guardWords,
  harmWords,
  neededWords,
  passWords,
  requestWords,
  spanWords,
  splitWords,
  stepWords,
} from "./words.ts";

export type Action = "hold" | "advance" | "succeed" | "rollBack" | "pause";

export interface Decision {
  readonly action: Action;
  readonly state: RolloutState;
  /** For people: why, in words. */
  readonly reason: string;
  /** What the decision was made on, as it was. */
  readonly evidence: Evidence;
  readonly atMs: number;
}

type Outcome = Pick<Decision, "action" | "reason" | "state">;

/**
 * The next state of a rollout. Pure: of the same state, evidence, plan and time the same decision, so that whoever was
 * ended before a decision was stored makes it again. At most one step forward; back only to the baseline, and for good.
 */
export function decide(before: RolloutState, evidence: Evidence, plan: RolloutPlan, nowMs: number): Decision {
  const stale = staleness(before, evidence, plan, nowMs);
  const silent = silence(evidence, plan, nowMs);
  const fresh = stale === undefined && silent === undefined;
  const state = elapse(before, plan, { nowMs, fresh });
  const step = plan.steps[state.step]!;
  const outcome =
    ended(state) ??
    (stale === undefined ? undefined : (overdue(state, plan) ?? hold(state, stale))) ??
    harm(state, evidence, step) ?? // before pauses: a paused canary has users, too
    paused(state) ??
    mismatch(state, evidence) ??
    overdue(state, plan) ??
    (silent === undefined ? undefined : hold(state, silent)) ?? // after harm: what was found stays found
    unmet(state, evidence, step) ??
    forward(state, evidence, plan);
  return { ...outcome, evidence, atMs: nowMs };
}

function hold(state: RolloutState, reason: string): Outcome {
  return { action: "hold", state, reason };
}

function pause(state: RolloutState, reason: string): Outcome {
  return { action: "pause", state: { ...state, phase: "paused", changes: state.changes + 1 }, reason };
}

function ended(state: RolloutState): Outcome | undefined {
  return hasEnded(state) ? hold(state, "the rollout is over") : undefined;
}

function harm(state: RolloutState, evidence: Evidence, step: Step): Outcome | undefined {
  const found = [
    ...evidence.guards.filter(({ tripped }) => tripped).map(guardWords),
    ...(comparesIn(step) ? evidence.comparisons.filter(({ verdict }) => verdict === "worse") : []).map(
      harmWords,
    ),
    ...evidence.others
      .filter(({ outcome }) => outcome === "fail")
      .map(({ name, detail }) => `${name}: ${detail}`),
  ];
  if (found.length === 0) return undefined;
  const back: RolloutState = { ...state, phase: "rolledBack", changes: state.changes + 1 };
  return { action: "rollBack", state: back, reason: found.join("; ") };
}

function paused(state: RolloutState): Outcome | undefined {
  return state.phase === "paused" ? hold(state, "paused") : undefined;
}

/** Versions that are not compared on alike requests say nothing about each other. */
function mismatch(state: RolloutState, { sampleRatio }: Evidence): Outcome | undefined {
  return sampleRatio?.mismatch ? pause(state, `stopped: ${splitWords(sampleRatio)}`) : undefined;
}

function overdue(state: RolloutState, { maxDurationMs }: RolloutPlan): Outcome | undefined {
  if (state.phase === "paused" || state.ranMs <= maxDurationMs) return undefined;
  return pause(state, `has not come to its end within ${spanWords(maxDurationMs)}: somebody has to look`);
}

/** The first condition of the step that does not hold yet. */
function unmet(state: RolloutState, evidence: Evidence, step: Step): Outcome | undefined {
  const leftMs = step.forMs - state.inStepMs;
  if (leftMs > 0) return hold(state, `${stepWords(step)} for ${spanWords(leftMs)} more`);
  const missing = requestsWanted(step) - evidence.requestsInStep;
  if (missing > 0) return hold(state, `not enough evidence: needs ${requestWords(missing)}`);
  const open = comparesIn(step)
    ? evidence.comparisons.filter(({ verdict }) => verdict === "not enough evidence")
    : [];
  if (open.length > 0) return hold(state, open.map(neededWords).join("; "));
  const unknown = evidence.others.filter(({ outcome }) => outcome === "unknown");
  if (unknown.length > 0)
    return hold(state, unknown.map(({ name, detail }) => `waits for ${name}: ${detail}`).join("; "));
  return step.approval && !state.approved ? hold(state, "waits for somebody to approve") : undefined;
}

/** Where nothing is compared, a handful of requests is the least that guards can have looked at. */
export function requestsWanted(step: Step): number {
  return step.minRequests ?? ("weight" in step && step.weight === 0 ? 0 : 20);
}

function forward(state: RolloutState, { comparisons }: Evidence, plan: RolloutPlan): Outcome {
  const step = plan.steps[state.step]!;
  const next = plan.steps[state.step + 1];
  const passed = [
    `${stepWords(step)} passed after ${spanWords(state.inStepMs)}`,
    ...(comparesIn(step) ? comparisons.map(passWords) : []),
  ].join("; ");
  return {
    action: next === undefined ? "succeed" : "advance",
    state: enterStep(state, state.step + 1, plan),
    reason: next === undefined ? `${passed}. Done` : `${passed}. Next: ${stepWords(next)}`,
  };
}
