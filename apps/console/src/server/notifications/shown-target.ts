import type { StoredTarget } from "@weir/store";

/** A target as pages get it: times are ms since 1970. */
export function shownTarget({ createdAt, last, ...target }: StoredTarget) {
  return {
    ...target,
    createdAtMs: createdAt.getTime(),
    /** Null: nothing was tried yet. */
    last: last
      ? { state: last.state, atMs: last.attemptedAt?.getTime() ?? null, error: last.error ?? null }
      : null,
  };
}
export type ShownTarget = ReturnType<typeof shownTarget>;
