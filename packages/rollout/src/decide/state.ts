import type { RouteMatch } from "@weir/domain";
import type { RolloutPlan } from "../plan/plan.ts";

/** `succeeded`, `rolledBack` and `aborted` are for good. */
export type Phase = "running" | "paused" | "succeeded" | "rolledBack" | "aborted";

/** Where a rollout stands. Plain data; only `decide` and `command` make another of it. */
export interface RolloutState {
  readonly phase: Phase;
  /** Index into the plan's steps; never becomes less. */
  readonly step: number;
  /** How often somebody let a paused rollout go on. */
  readonly round: number;
  /** How often phase or step has changed: whoever stores a state may do so over the one of the number before only. */
  readonly changes: number;
  /** The step's approval, where it needs one. */
  readonly approved: boolean;
  /** Time in the step during which the rollout ran on fresh evidence, in milliseconds. */
  readonly inStepMs: number;
  /** Time that it ran since it began, or since somebody let it go on. */
  readonly ranMs: number;
  /** When it was last looked at, in milliseconds since 1970. */
  readonly seenMs: number;
}

/** What the request path is to do, of a state alone: carried out again it changes nothing. */
export type Traffic =
  | { readonly kind: "weight"; readonly canary: number }
  | { readonly kind: "mirror"; readonly percent: number }
  | { readonly kind: "match"; readonly match: readonly RouteMatch[] };

export function startRollout(nowMs: number): RolloutState {
  return {
    ...{ phase: "running", step: 0, round: 0, changes: 0 },
    ...{ approved: false, inStepMs: 0, ranMs: 0, seenMs: nowMs },
  };
}

export function hasEnded({ phase }: RolloutState): boolean {
  return phase !== "running" && phase !== "paused";
}

/** A rollout that was taken back sends all to the baseline, whatever its step was. */
export function trafficOf(plan: RolloutPlan, { phase, step }: RolloutState): Traffic {
  if (phase === "rolledBack" || phase === "aborted") return { kind: "weight", canary: 0 };
  const now = plan.steps[step];
  if (now === undefined || "weight" in now) return { kind: "weight", canary: now?.weight ?? 0 };
  if ("mirror" in now) return { kind: "mirror", percent: now.mirror };
  return { kind: "match", match: now.match };
}

/** The next step begins; after the last one the rollout has succeeded. */
export function enterStep(state: RolloutState, step: number, plan: RolloutPlan): RolloutState {
  if (step >= plan.steps.length) return { ...state, phase: "succeeded", changes: state.changes + 1 };
  const resumed = state.phase === "paused" ? { round: state.round + 1, ranMs: 0 } : {};
  return {
    ...state,
    ...resumed,
    ...{ phase: "running", step, approved: false, inStepMs: 0, changes: state.changes + 1 },
  };
}
