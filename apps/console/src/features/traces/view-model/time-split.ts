import type { Stretch } from "./critical-path.ts";
import type { SpanNode, SpanTree } from "./span-tree.ts";

/** Where the time of the critical path went, in nanoseconds. */
export interface TimeSplit {
  readonly applicationNs: number;
  readonly sidecarNs: number;
  readonly networkNs: number;
}

/**
 * Splits the critical path by who held it. A sidecar's own share of its span is what it did not spend waiting
 * for its upstream; the rest is the application behind the destination's sidecar, or the wire (and the far
 * sidecar's accept) in front of the caller's. A client span of an application counts as wire.
 */
export function timeSplit(tree: SpanTree, path: ReadonlyMap<string, readonly Stretch[]>): TimeSplit {
  const split = { applicationNs: 0, sidecarNs: 0, networkNs: 0 };
  for (const [key, stretches] of path) {
    const node = tree.nodes.get(key);
    if (!node) continue;
    const held = stretches.reduce((sum, { fromNs, toNs }) => sum + toNs - fromNs, 0);
    const own = Math.min(held, sidecarShare(node));
    split.sidecarNs += own;
    if (waitsForWire(node)) split.networkNs += held - own;
    else split.applicationNs += held - own;
  }
  return split;
}

function sidecarShare({ span }: SpanNode): number {
  if (span.reporter === undefined || span.upstreamNs === undefined) return 0;
  return Math.max(0, span.durationNs - span.upstreamNs);
}

/** A caller's sidecar or client whose callee was recorded too; without that, what it waited for is the callee. */
function waitsForWire({ span, children }: SpanNode): boolean {
  const calls = span.reporter === "source" || (span.reporter === undefined && span.kind === 3);
  return calls && children.length > 0;
}
