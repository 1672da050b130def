import type { SavedView } from "@weir/store";

/** A view as pages get it: times are ms since 1970. */
export function shownView({ createdAt, ...view }: SavedView) {
  return { ...view, createdAtMs: createdAt.getTime() };
}
