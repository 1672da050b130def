import type { RolloutPlan } from "../plan/plan.ts";
import { enterStep, hasEnded, type RolloutState } from "./state.ts";
import { stepWords } from "./words.ts";

/**
 * What people may ask of a rollout. Those that leave or approve a step name it by its index, so that the same click twice, or
 * one that comes late, moves nothing.
 */
export type Command =
  | { readonly kind: "pause" | "resume" | "abort" }
  | { readonly kind: "approve" | "skip" | "promote"; readonly step: number };

export type CommandOutcome =
  | { readonly state: RolloutState; readonly reason: string }
  | { readonly refused: string };

/**
 * The state after a command: `skip` goes to the next step and `promote` to the last one without waiting for evidence
 * (guards go on), `abort` back to the baseline for good. Leaving a step lets a paused rollout go on.
 */
export function command(state: RolloutState, asked: Command, plan: RolloutPlan): CommandOutcome {
  if (hasEnded(state)) return { refused: "the rollout is over" };
  if ("step" in asked && asked.step !== state.step)
    return {
      refused: `step ${asked.step + 1} is not the present one: the rollout is in step ${state.step + 1}`,
    };
  const changes = state.changes + 1;
  const last = plan.steps.length - 1;
  switch (asked.kind) {
    case "pause":
      if (state.phase === "paused") return { refused: "is paused already" };
      return { state: { ...state, phase: "paused", changes }, reason: "paused by hand" };
    case "resume":
      if (state.phase === "running") return { refused: "is running already" };
      return {
        state: { ...state, phase: "running", round: state.round + 1, ranMs: 0, changes },
        reason: "goes on by hand",
      };
    case "abort":
      return { state: { ...state, phase: "aborted", changes }, reason: "back to the baseline by hand" };
    case "approve":
      if (!plan.steps[state.step]?.approval) return { refused: "this step needs no approval" };
      if (state.approved) return { refused: "is approved already" };
      return { state: { ...state, approved: true, changes }, reason: "approved by hand" };
    case "skip":
      return left(enterStep(state, state.step + 1, plan), plan, "the step was skipped by hand");
    case "promote":
      if (state.step === last) return { refused: "is in its last step already" };
      return left(enterStep(state, last, plan), plan, "promoted by hand");
  }
}

function left(state: RolloutState, plan: RolloutPlan, what: string): CommandOutcome {
  const step = plan.steps[state.step];
  const to = state.phase === "succeeded" || step === undefined ? "done" : `now ${stepWords(step)}`;
  return { state, reason: `${what}: ${to}` };
}
