import type { Stretch } from "./critical-path.ts";
import type { SpanTree } from "./span-tree.ts";
import { isError } from "./waterfall-span.ts";

/** One pixel column of the overview. */
export interface MinimapColumns {
  /** Spans under way, per column. */
  readonly busy: Uint32Array;
  readonly failed: Uint8Array;
  readonly critical: Uint8Array;
  readonly most: number;
}

/**
 * A trace as wide as `width` columns: how many spans were under way, where some failed, where the critical path has spans'
 * own time. As quick for 100,000 spans as for ten: starts and ends are counted, then summed.
 */
export function minimapColumns(
  tree: SpanTree,
  path: ReadonlyMap<string, readonly Stretch[]>,
  width: number,
): MinimapColumns {
  const total = Math.max(1, tree.endNs - tree.startNs);
  const at = (ns: number) =>
    Math.max(0, Math.min(width - 1, Math.floor(((ns - tree.startNs) / total) * width)));
  const change = new Int32Array(width + 1);
  const failed = new Uint8Array(width);
  for (const node of tree.nodes.values()) {
    const from = at(node.startNs);
    change[from]!++;
    change[at(node.endNs) + 1]!--;
    if (isError(node.span)) failed[from] = 1;
  }
  const critical = new Uint8Array(width);
  for (const [key, stretches] of path)
    if (tree.nodes.get(key)?.parent)
      for (const { fromNs, toNs } of stretches) critical.fill(1, at(fromNs), at(toNs) + 1);
  const busy = new Uint32Array(width);
  let under = 0;
  let most = 1;
  for (let i = 0; i < width; i++) {
    under += change[i]!;
    busy[i] = under;
    if (under > most) most = under;
  }
  return { busy, failed, critical, most };
}
