import { compareReports } from "./compare-spans.ts";
import type { GraphSpan } from "./graph-span.ts";
import { Hop, type Role, roleOf, sameService } from "./hop.ts";

/**
 * The spans of a trace, each with its parent. Reports with the same id and role are one span: it failed if one of them
 * says so, and the rest is taken from the longest. An id has thus three hops at most, whatever comes.
 */
export function placeSpans(spans: readonly GraphSpan[]): Hop[] {
  const hops: Hop[] = [];
  const byId = new Map<string, Hop>();
  for (let i = 0; i < spans.length; i++) {
    const span = spans[i] as GraphSpan;
    const role = roleOf(span);
    const first = byId.get(span.spanId);
    const known = ofRole(first, role);
    if (known !== undefined) {
      addReport(known, span);
      continue;
    }
    const hop = new Hop(span, role, first);
    if (first === undefined) byId.set(span.spanId, hop);
    else {
      hop.nextOfId = first.nextOfId;
      first.nextOfId = hop;
    }
    hops.push(hop);
  }
  for (let i = 0; i < hops.length; i++) findParent(hops[i] as Hop, byId);
  return hops;
}

function addReport(hop: Hop, span: GraphSpan): void {
  hop.failed ||= span.failed;
  hop.sampled ||= span.sampled;
  if (compareReports(span, hop.span) > 0) hop.span = span;
}

function findParent(hop: Hop, byId: ReadonlyMap<string, Hop>): void {
  // Zipkin's shared span: the server goes by its client's id, and names its client's parent as its own.
  hop.parent = hop.role === "called" ? ofRole(hop.first, "calling") : undefined;
  const { spanId, parentSpanId } = hop.span;
  if (hop.parent !== undefined || parentSpanId === "") return;
  const first = parentSpanId === spanId ? undefined : byId.get(parentSpanId);
  if (first === undefined) hop.cut = true;
  else hop.parent = first.nextOfId === undefined ? first : sideOf(first, hop);
}

/**
 * Which side of a shared span a child belongs to: what goes on within a service, to that service's side; what comes
 * from elsewhere, and what is called, to the server, where the request was last.
 */
function sideOf(first: Hop, child: Hop): Hop {
  let best = first;
  for (let hop = first.nextOfId; hop !== undefined; hop = hop.nextOfId)
    if (nearness(hop, child) > nearness(best, child)) best = hop;
  return best;
}

function nearness(hop: Hop, child: Hop): number {
  return (child.role !== "called" && sameService(hop, child) ? 3 : 0) + depth[hop.role];
}

const depth: Readonly<Record<Role, number>> = { called: 2, calling: 1, inner: 0 };

function ofRole(first: Hop | undefined, role: Role): Hop | undefined {
  for (let hop = first; hop !== undefined; hop = hop.nextOfId) if (hop.role === role) return hop;
  return undefined;
}
