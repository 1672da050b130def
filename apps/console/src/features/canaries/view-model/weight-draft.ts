import { sameWeights, setWeight, type Weights } from "./weights.ts";

/** Weights being changed, apart from those that are live. */
export interface WeightDraft {
  readonly weights: Weights;
  /**
   * How things stood when the version now moved began to move: the others are shared out by this, so that
   * dragging a slider to and fro ends where it began.
   */
  readonly base: Weights;
  readonly moving: string | undefined;
}

export function draftOf(weights: Weights): WeightDraft {
  return { weights, base: weights, moving: undefined };
}

/** One step of a drag or a key: `version` now has `weight`. */
export function moveWeight(
  draft: WeightDraft,
  version: string,
  weight: number,
  stableVersion: string | undefined,
): WeightDraft {
  const base = draft.moving === version ? draft.base : draft.weights;
  return { weights: setWeight(base, version, weight, stableVersion), base, moving: version };
}

/**
 * The draft after the live weights became others than it was begun from. An untouched draft follows them; a
 * touched one stays, for its author to decide.
 */
export function followLive(draft: WeightDraft, before: Weights, live: Weights): WeightDraft {
  return sameWeights(draft.weights, before) ? draftOf(live) : draft;
}
