import type { SpanNode, SpanTree } from "./span-tree.ts";

export interface WaterfallRow {
  readonly key: string;
  readonly node: SpanNode;
  readonly expandable: boolean;
  readonly expanded: boolean;
  /** Something hidden below it failed. */
  readonly hidesError: boolean;
}

/** The rows to draw, top to bottom, without what stands below a collapsed span; of all spans or of those that are `kept`. */
export function waterfallRows(
  tree: SpanTree,
  collapsed: ReadonlySet<string>,
  kept?: ReadonlySet<string>,
): WaterfallRow[] {
  const rows: WaterfallRow[] = [];
  const isKept = ({ key }: SpanNode) => kept === undefined || kept.has(key);
  const stack = tree.roots.filter(isKept).reverse();
  for (let node = stack.pop(); node; node = stack.pop()) {
    const expandable = kept === undefined ? node.children.length > 0 : node.children.some(isKept);
    const expanded = expandable && !collapsed.has(node.key);
    rows.push({
      key: node.key,
      node,
      expandable,
      expanded,
      hidesError: expandable && !expanded && node.failedBelow > 0,
    });
    if (!expanded) continue;
    for (let i = node.children.length - 1; i >= 0; i--)
      if (isKept(node.children[i]!)) stack.push(node.children[i]!);
  }
  return rows;
}

/** These spans and all that stand above them, so that each keeps its place in the tree. */
export function withAncestors(tree: SpanTree, keys: readonly string[]): ReadonlySet<string> {
  const kept = new Set<string>();
  for (const key of keys)
    for (let node = tree.nodes.get(key); node && !kept.has(node.key); node = node.parent) kept.add(node.key);
  return kept;
}

/**
 * What must be opened so that a span can be seen: the collapsed set without the spans above it; the same set where
 * it is in sight, so that moving through a large trace lays out nothing anew.
 */
export function reveal(tree: SpanTree, collapsed: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const hiding: string[] = [];
  for (let node = tree.nodes.get(key)?.parent; node; node = node.parent)
    if (collapsed.has(node.key)) hiding.push(node.key);
  return hiding.length === 0 ? collapsed : collapsed.difference(new Set(hiding));
}
