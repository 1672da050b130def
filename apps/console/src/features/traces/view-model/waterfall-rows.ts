import type { SpanNode, SpanTree } from "./span-tree.ts";
import { isError } from "./waterfall-span.ts";

export interface WaterfallRow {
  readonly key: string;
  readonly node: SpanNode;
  readonly expandable: boolean;
  readonly expanded: boolean;
  /** Spans below, whether shown or not. */
  readonly descendants: number;
  /** Something hidden below it failed. */
  readonly hidesError: boolean;
}

/** The rows to draw, top to bottom, without what stands below a collapsed span. */
export function waterfallRows(tree: SpanTree, collapsed: ReadonlySet<string>): WaterfallRow[] {
  const below = countBelow(tree);
  const rows: WaterfallRow[] = [];
  const stack = [...tree.roots].reverse();
  for (let node = stack.pop(); node; node = stack.pop()) {
    const expandable = node.children.length > 0;
    const expanded = expandable && !collapsed.has(node.key);
    const { spans, errors } = below.get(node.key) ?? nothing;
    rows.push({
      key: node.key,
      node,
      expandable,
      expanded,
      descendants: spans,
      hidesError: expandable && !expanded && errors > 0,
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

const nothing = { spans: 0, errors: 0 };

function countBelow(tree: SpanTree): Map<string, { spans: number; errors: number }> {
  const counts = new Map<string, { spans: number; errors: number }>();
  // Deepest first, so that a parent finds its children counted.
  const deepestFirst = [...tree.nodes.values()].sort((a, b) => b.depth - a.depth);
  for (const node of deepestFirst) {
    const total = { spans: 0, errors: 0 };
    for (const child of node.children) {
      const { spans, errors } = counts.get(child.key) ?? nothing;
      total.spans += spans + 1;
      total.errors += errors + (isError(child.span) ? 1 : 0);
    }
    counts.set(node.key, total);
  }
  return counts;
}
