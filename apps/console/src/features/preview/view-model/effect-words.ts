import type { PreviewEffect } from "@weir/domain";

/** What people look for first, in the order of bars and legends. */
export type PreviewGroup = "refused" | "changed" | "uncertain" | "unchanged";
export const previewGroups: readonly PreviewGroup[] = ["refused", "changed", "uncertain", "unchanged"];

export const groupWords: Readonly<Record<PreviewGroup, string>> = {
  refused: "would be refused",
  changed: "would change",
  uncertain: "are uncertain",
  unchanged: "would go as they went",
};

export interface EffectWords {
  readonly group: PreviewGroup;
  /** Of requests: `5 would be denied with 403`. */
  readonly words: string;
  /** Where there is little room: `5 denied`. */
  readonly brief: string;
}

export const effectWords: Readonly<Record<PreviewEffect, EffectWords>> = {
  denied: { group: "refused", words: "would be denied with 403", brief: "denied" },
  limited: { group: "refused", words: "would be limited with 429", brief: "limited" },
  overflowed: {
    ...{ group: "refused", words: "would be turned away by the breaker with 503", brief: "turned away" },
  },
  redirected: { group: "changed", words: "would be redirected", brief: "redirected" },
  faulted: { group: "changed", words: "would meet a fault", brief: "faulted" },
  rerouted: { group: "changed", words: "would go to another version", brief: "rerouted" },
  mirrored: { group: "changed", words: "would be mirrored", brief: "mirrored" },
  edited: { group: "changed", words: "would be rewritten", brief: "rewritten" },
  timedOut: { group: "changed", words: "would time out", brief: "timed out" },
  retried: { group: "changed", words: "would be tried again", brief: "retried" },
  notRetried: { group: "changed", words: "would not be tried again", brief: "not retried" },
  ejected: {
    ...{ group: "changed", words: "would go past an ejected endpoint", brief: "past ejected" },
  },
  rebalanced: { group: "changed", words: "would go to another endpoint", brief: "other endpoint" },
  letIn: { group: "changed", words: "would be let in", brief: "let in" },
  uncertain: {
    ...{ group: "uncertain", words: "uncertain, since this is not stored", brief: "uncertain" },
  },
  unchanged: { group: "unchanged", words: "would go as they went", brief: "as they went" },
};
