import { compareValues } from "./compare-values.ts";
import type { GraphEnd, SpanEdge, TraceGraph } from "./span-edge.ts";

/** What takes one graph of a trace to another; edges that are alike in all they say count one by one. */
export interface GraphChanges {
  readonly removed: readonly SpanEdge[];
  readonly added: readonly SpanEdge[];
  /** By how much `expired` changes; negative when more spans show where a call went. */
  readonly expired: number;
}

/**
 * From the graph of some spans of a trace to the graph of more of them: the virtual edge that is withdrawn, the real one
 * that takes its place. Both are sorted first, O(n log n), because spans may be such that any hash of them collides.
 */
export function graphChanges(before: TraceGraph, after: TraceGraph): GraphChanges {
  const expired = after.expired - before.expired;
  if (before.edges.length === 0) return { removed: [], added: after.edges, expired };
  const old = before.edges.toSorted(compareEdges);
  const next = after.edges.toSorted(compareEdges);
  const removed: SpanEdge[] = [];
  const added: SpanEdge[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length && j < next.length) {
    const order = compareEdges(old[i] as SpanEdge, next[j] as SpanEdge);
    if (order < 0) removed.push(old[i++] as SpanEdge);
    else if (order > 0) added.push(next[j++] as SpanEdge);
    else {
      i++;
      j++;
    }
  }
  while (i < old.length) removed.push(old[i++] as SpanEdge);
  while (j < next.length) added.push(next[j++] as SpanEdge);
  return { removed, added, expired };
}

/** Any order in which only edges that say the same are equal; numbers first, since they tell most edges apart. */
function compareEdges(one: SpanEdge, other: SpanEdge): number {
  return (
    compareValues(one.startMs, other.startMs) ||
    compareValues(one.clientNs ?? -Infinity, other.clientNs ?? -Infinity) ||
    compareValues(one.serverNs ?? -Infinity, other.serverNs ?? -Infinity) ||
    compareEnds(one.source, other.source) ||
    compareEnds(one.destination, other.destination) ||
    compareValues(one.type, other.type) ||
    compareValues(one.failed, other.failed) ||
    compareValues(one.sampled, other.sampled)
  );
}

function compareEnds(one: GraphEnd, other: GraphEnd): number {
  return (
    compareValues(one.name, other.name) ||
    compareValues(one.kind, other.kind) ||
    compareValues(one.system, other.system)
  );
}
