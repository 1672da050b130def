import type { Evidence } from "../analysis/evidence.ts";
import type { RolloutPlan } from "../plan/plan.ts";
import { hasEnded, type RolloutState } from "./state.ts";
import { spanWords } from "./words.ts";

/**
 * A state looked at again. Time is added in the small pieces between two looks, at most `mostMs` each: a clock that jumps
 * ahead, or a controller that was away, makes no step older than it is, and one that jumps back adds nothing.
 */
export function elapse(
  state: RolloutState,
  { nowMs, mostMs, fresh }: { nowMs: number; mostMs: number; fresh: boolean },
): RolloutState {
  if (hasEnded(state)) return state;
  const passedMs = state.phase === "running" ? Math.min(mostMs, Math.max(0, nowMs - state.seenMs)) : 0;
  return {
    ...state,
    seenMs: nowMs,
    ranMs: state.ranMs + passedMs,
    inStepMs: state.inStepMs + (fresh ? passedMs : 0),
  };
}

/** Why evidence cannot be decided on, if it can't: none, old, of the future, or of another step. */
export function staleness(
  { step, round }: RolloutState,
  evidence: Evidence,
  { staleAfterMs }: RolloutPlan,
  nowMs: number,
): string | undefined {
  if (evidence.step !== step || evidence.round !== round)
    return "evidence is of another step; waits for this one's";
  if (evidence.toMs === undefined) return "no evidence yet";
  const ageMs = nowMs - evidence.toMs;
  if (ageMs > staleAfterMs) return `evidence is stale: nothing was heard for ${spanWords(ageMs)}`;
  if (ageMs < -staleAfterMs) return `evidence is ${spanWords(-ageMs)} ahead of the clock`;
  return undefined;
}
