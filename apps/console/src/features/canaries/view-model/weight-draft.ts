import { sameWeights, setWeight, type Weights, weightsOf } from "./weights.ts";

/** Weights being changed, apart from those that are live. */
export interface WeightDraft {
  readonly weights: Weights;
  /** What was live when the draft was begun; revision 0 where there was no canary. */
  readonly begunFrom: { readonly weights: Weights; readonly revision: number };
  /**
   * How things stood when the version now moved began to move: the others are shared out by this, so that
   * dragging a slider to and fro ends where it began.
   */
  readonly base: Weights;
  readonly moving: string | undefined;
}

export function draftOf(live: Weights, revision: number): WeightDraft {
  return { weights: live, begunFrom: { weights: live, revision }, base: live, moving: undefined };
}

/** One step of a drag or a key: `version` now has `weight`. */
export function moveWeight(
  draft: WeightDraft,
  version: string,
  weight: number,
  stableVersion: string | undefined,
): WeightDraft {
  const base = draft.moving === version ? draft.base : draft.weights;
  return { ...draft, weights: setWeight(base, version, weight, stableVersion), base, moving: version };
}

/** Puts whole weights into the draft, such as an earlier revision's. */
export function replaceWeights(draft: WeightDraft, weights: Weights): WeightDraft {
  return { ...draft, weights, base: weights, moving: undefined };
}

/** Differs from what it was begun from. */
export function isTouched(draft: WeightDraft): boolean {
  return !sameWeights(draft.weights, draft.begunFrom.weights);
}

/**
 * The draft beside what is live now; the same object when nothing changed. An untouched draft follows, and so does
 * one that says what became live (it was saved); another stays for its author to decide, and only learns of versions
 * that came up meanwhile.
 */
export function followLive(draft: WeightDraft, live: Weights, revision: number): WeightDraft {
  const { begunFrom, weights } = draft;
  if (revision === begunFrom.revision && coversVersions(weights, live)) return draft;
  if (!isTouched(draft) || sameWeights(weights, live)) return draftOf(live, revision);
  if (coversVersions(weights, live)) return draft;
  const versions = live.map((backend) => backend.version);
  return replaceWeights(draft, weightsOf(versions, weights, undefined));
}

function coversVersions(weights: Weights, live: Weights): boolean {
  const known = new Set(weights.map((backend) => backend.version));
  return live.every((backend) => known.has(backend.version));
}
