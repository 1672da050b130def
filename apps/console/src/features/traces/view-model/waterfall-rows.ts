import { type Folding, isFolded } from "./folding.ts";
import type { SpanNode, SpanTree } from "./span-tree.ts";

export interface WaterfallRow {
  readonly key: string;
  readonly node: SpanNode;
  readonly expandable: boolean;
  readonly expanded: boolean;
  /** Something hidden below it failed. */
  readonly hidesError: boolean;
}

/** The rows to draw, top to bottom, without what a folded span hides; of all spans or of those that are `kept`. */
export function waterfallRows(tree: SpanTree, folding: Folding, kept?: ReadonlySet<string>): WaterfallRow[] {
  const rows: WaterfallRow[] = [];
  const isKept = ({ key }: SpanNode) => kept === undefined || kept.has(key);
  const stack = tree.roots.filter(isKept).reverse();
  for (let node = stack.pop(); node; node = stack.pop()) {
    const expandable = kept === undefined ? node.children.length > 0 : node.children.some(isKept);
    const expanded = expandable && !isFolded(folding, node);
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
