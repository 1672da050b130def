import { compareValues } from "./compare-values.ts";
import type { GraphSpan } from "./graph-span.ts";
import type { Peer } from "./peer-of.ts";

/**
 * Order of two reports of the same span: the longer one is the later, because a span may be sent before it is over
 * (Zipkin); after that any order will do that depends on nothing but the reports.
 */
export function compareReports(one: GraphSpan, other: GraphSpan): number {
  return (
    compareValues(one.durationNs, other.durationNs) ||
    compareValues(one.startMs, other.startMs) ||
    compareValues(one.kind, other.kind) ||
    compareValues(one.service, other.service) ||
    compareValues(one.parentSpanId, other.parentSpanId) ||
    comparePeers(one.peer, other.peer)
  );
}

/** Order by start; equal for spans of one service and id only. */
export function compareStarts(one: GraphSpan, other: GraphSpan): number {
  return (
    compareValues(one.startMs, other.startMs) ||
    compareValues(one.spanId, other.spanId) ||
    compareValues(one.service, other.service)
  );
}

function comparePeers(one: Peer | undefined, other: Peer | undefined): number {
  if (one === other) return 0;
  return (
    compareValues(one?.type ?? "", other?.type ?? "") ||
    compareValues(one?.receives ?? false, other?.receives ?? false) ||
    compareValues(one?.end?.kind ?? "", other?.end?.kind ?? "") ||
    compareValues(one?.end?.name ?? "", other?.end?.name ?? "") ||
    compareValues(one?.end?.system ?? "", other?.end?.system ?? "")
  );
}
