import type { SpanNode, SpanTree } from "./span-tree.ts";

/** A stretch of time, in nanoseconds since the trace began. */
export interface Stretch {
  readonly fromNs: number;
  readonly toNs: number;
}

/**
 * The stretches of each span that the whole had to wait for: made shorter, they would have made the trace
 * shorter. Walks back from the root's end through whichever child finished last (CRISP, USENIX ATC 2022).
 * The stretches of all spans together cover the root exactly once.
 */
export function criticalPath(tree: SpanTree): Map<string, Stretch[]> {
  const path = new Map<string, Stretch[]>();
  const root = mainRoot(tree);
  const work = root ? [{ node: root, sinceNs: root.startNs, untilNs: root.endNs }] : [];
  for (let next = work.pop(); next; next = work.pop()) {
    const { node, sinceNs, untilNs } = next;
    const own: Stretch[] = [];
    let cursor = untilNs;
    for (const { child, endNs } of lastFirst(node, untilNs)) {
      const startNs = Math.max(child.startNs, sinceNs);
      if (endNs > cursor || startNs >= endNs) continue;
      if (endNs < cursor) own.push({ fromNs: endNs, toNs: cursor });
      work.push({ node: child, sinceNs: startNs, untilNs: endNs });
      cursor = startNs;
    }
    if (cursor > sinceNs) own.push({ fromNs: sinceNs, toNs: cursor });
    if (own.length > 0) path.set(node.key, own.reverse());
  }
  return path;
}

/** The root that stands for the trace: one that says it has no parent before fragments, then the longest. */
export function mainRoot(tree: SpanTree): SpanNode | undefined {
  return tree.roots.toSorted(
    (a, b) =>
      Number(a.missingParent) - Number(b.missingParent) || b.endNs - b.startNs - (a.endNs - a.startNs),
  )[0];
}

/** Children by end, the latest first; one that outlives the stretch counts up to its end only. */
function lastFirst(node: SpanNode, untilNs: number) {
  return node.children
    .map((child) => ({ child, endNs: Math.min(child.endNs, untilNs) }))
    .sort((a, b) => b.endNs - a.endNs || a.child.startNs - b.child.startNs);
}
