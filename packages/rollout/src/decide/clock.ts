import type { Evidence } from "../analysis/evidence.ts";
import type { RolloutPlan } from "../plan/plan.ts";
import { hasEnded, type RolloutState } from "./state.ts";
import { rounded, spanWords } from "./words.ts";

/** Looks come every few seconds. */
const longestPieceMs = 30_000;

/**
 * A state looked at again. Time is added in the small pieces between two looks, each no longer than evidence stays fresh and half
 * a minute: a clock that jumps ahead, or a controller that was away, makes no step older than it is, and one that jumps back
 * adds nothing.
 */
export function elapse(
  state: RolloutState,
  { staleAfterMs }: Pick<RolloutPlan, "staleAfterMs">,
  { nowMs, fresh }: { nowMs: number; fresh: boolean },
): RolloutState {
  if (hasEnded(state)) return state;
  const mostMs = Math.min(staleAfterMs, longestPieceMs);
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
  if (evidence.step !== step) return "no evidence of this step yet, and its time counts from the first";
  if (evidence.round !== round) return "no evidence yet since it was resumed";
  if (evidence.toMs === undefined) return "no evidence yet";
  const ageMs = nowMs - evidence.toMs;
  if (ageMs > staleAfterMs) return `evidence is stale: nothing was heard for ${spanWords(ageMs)}`;
  if (ageMs < -staleAfterMs) return `evidence is ${spanWords(-ageMs)} ahead of the clock`;
  return undefined;
}

/** So many that were the canary's to get, and it got none: by chance that happens once in twenty thousand times. */
const several = 10;

/**
 * Of whom no request was heard of for so long that going on would rest on what was; undefined while nobody is missed. A service
 * without requests holds as one whose sidecars are silent does, for nobody can tell them apart. A canary of a small share may
 * go long without requests where there are few: it is missed only once several were its to get.
 */
export function silence(
  { heard: { serviceMs, canaryMs, owed } }: Evidence,
  { namespace, targetRef, canary, staleAfterMs }: RolloutPlan,
  nowMs: number,
): string | undefined {
  const service = `${namespace}/${targetRef}`;
  if (serviceMs === undefined) return `no request of ${service} was heard of yet`;
  const silentMs = nowMs - serviceMs;
  if (silentMs > staleAfterMs) return `no request of ${service} was heard of for ${spanWords(silentMs)}`;
  const missedMs = canaryMs === undefined ? Number.POSITIVE_INFINITY : nowMs - canaryMs;
  if (owed < several || missedMs <= staleAfterMs) return undefined;
  const span = canaryMs === undefined ? "yet" : `for ${spanWords(missedMs)}`;
  return `no request of ${service} ${canary} was heard of ${span}, about ${rounded(owed)} were its to get`;
}
