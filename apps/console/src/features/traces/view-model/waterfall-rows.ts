import type { SpanNode, SpanTree } from "./span-tree.ts";

export interface WaterfallRow {
  readonly key: string;
  readonly node: SpanNode;
  readonly expandable: boolean;
  readonly expanded: boolean;
  /** Something hidden below it failed. */
  readonly hidesError: boolean;
}

/** The rows to draw, top to bottom, without what stands below a collapsed span. */
export function waterfallRows(tree: SpanTree, collapsed: ReadonlySet<string>): WaterfallRow[] {
  const rows: WaterfallRow[] = [];
  const stack = [...tree.roots].reverse();
  for (let node = stack.pop(); node; node = stack.pop()) {
    const expandable = node.children.length > 0;
    const expanded = expandable && !collapsed.has(node.key);
    rows.push({
      key: node.key,
      node,
      expandable,
      expanded,
      hidesError: expandable && !expanded && node.failedBelow > 0,
    });
    if (!expanded) continue;
    for (let i = node.children.length - 1; i >= 0; i--) stack.push(node.children[i]!);
  }
  return rows;
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
