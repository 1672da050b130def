import type { SpanNode, SpanTree } from "./span-tree.ts";

/** Which spans hide what is below them: those of the last level in sight and deeper, but for some that are the other way. */
export interface Folding {
  /** Levels of the tree in sight, from 1; Infinity: all. Says it for any number of spans without naming one. */
  readonly levels: number;
  readonly except: ReadonlySet<string>;
}

export const allOpen: Folding = { levels: Number.POSITIVE_INFINITY, except: new Set() };

export function isFolded({ levels, except }: Folding, { key, depth }: SpanNode): boolean {
  return depth + 1 >= levels !== except.has(key);
}

/** The same, with these spans folded or opened. */
export function withFolded(folding: Folding, nodes: readonly SpanNode[], folded: boolean): Folding {
  const except = new Set(folding.except);
  for (const node of nodes)
    if (isFolded(folding, node) !== folded && !except.delete(node.key)) except.add(node.key);
  return { ...folding, except };
}

/**
 * What must be opened so that a span can be seen: the folding without the spans above it; the same object where
 * it is in sight, so that moving through a large trace lays out nothing anew.
 */
export function revealing(folding: Folding, tree: SpanTree, key: string): Folding {
  const hiding: SpanNode[] = [];
  for (let node = tree.nodes.get(key)?.parent; node; node = node.parent)
    if (isFolded(folding, node)) hiding.push(node);
  return hiding.length === 0 ? folding : withFolded(folding, hiding, false);
}

/** One level fewer or more than are in sight, of `deepest`: at least 1; all where more would show nothing else. */
export function stepLevels(levels: number, step: 1 | -1, deepest: number): number {
  const next = Math.max(1, Math.min(levels, deepest) + step);
  return next >= deepest ? Number.POSITIVE_INFINITY : next;
}
