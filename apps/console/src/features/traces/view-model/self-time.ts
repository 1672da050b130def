import type { SpanNode } from "./span-tree.ts";

/**
 * Time of a span in which none of its children was under way, in nanoseconds. Children that overlap count once; what of a child lies
 * outside its parent does not count.
 */
export function selfTimeNs({
  startNs,
  endNs,
  children,
}: Pick<SpanNode, "startNs" | "endNs" | "children">): number {
  let waited = 0;
  let until = startNs;
  for (const child of children) {
    const from = Math.max(until, child.startNs);
    const to = Math.min(endNs, child.endNs);
    if (to <= from) continue;
    waited += to - from;
    until = to;
  }
  return Math.max(0, endNs - startNs - waited);
}
