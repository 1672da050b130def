import { type GraphSpan, graphSpanKind } from "./graph-span.ts";
import type { Hop } from "./hop.ts";
import { parentsFirst } from "./parents-first.ts";
import { placeSpans } from "./place-spans.ts";
import { countNested, isOwnKind, relate } from "./relate.ts";
import { type GraphEnd, type SpanEdge, type SpanEdgeType, type TraceGraph, userEnd } from "./span-edge.ts";

interface Draft {
  readonly edges: SpanEdge[];
  expired: number;
}

/**
 * The calls that the spans of one trace show. Depends on which spans there are, never on their order; so it is asked
 * again with all of them when more arrive, and `graphChanges` tells what that makes of the answer before. Linear in
 * the number of spans, and total: whatever spans say, the answer is a graph.
 *
 * - A called span (SERVER, CONSUMER, a CLIENT that receives messages) belongs to the calling span (CLIENT, PRODUCER) that is its
 *   nearest ancestor, past the inner spans of either service; or shares its id (Zipkin). Without one, the nearest ancestor of
 *   another service is the source.
 * - Nested spans of one service on the same side are one request (a sidecar and its application, a client and its
 *   driver). Of these, the two nearest to the wire are measured: the difference of both is the way between.
 * - One client, several servers: each is a request that has arrived, so each is an edge. The client's latency and
 *   status belong to the last of each service, whose answer it got; the others before were tries.
 * - A calling span without a called one ends at the service of any span below it, or else at its peer. A database is no
 *   exception: once it has spans of its own, it is a service.
 * - A called span without an ancestor comes from the peer it names; a SERVER without one from `user`, if it is a root.
 *   Ancestors that are missing make it an orphan, which may come from anywhere.
 *
 * Links don't count: a consumer that has links only comes from its topic.
 */
export function graphOfTrace(spans: readonly GraphSpan[]): TraceGraph {
  const hops = parentsFirst(placeSpans(spans));
  for (let i = 0; i < hops.length; i++) relate(hops[i] as Hop);
  for (let i = hops.length - 1; i >= 0; i--) countNested(hops[i] as Hop);
  const draft: Draft = { edges: [], expired: 0 };
  for (let i = 0; i < hops.length; i++) {
    const hop = hops[i] as Hop;
    if (hop.role === "calling" && !hop.absorbed) addCall(draft, inherit(hop));
    else if (hop.role === "called" && hop.outermost === hop) addArrival(draft, hop);
  }
  return draft;
}

/** What a calling span takes over from the one it is nested in, if it is all that came of that one. */
function inherit(hop: Hop): Hop {
  if (hop.span.peer?.end !== undefined) hop.named = hop;
  const { outer } = hop;
  if (outer?.beneath !== 1) return hop;
  hop.failed ||= outer.failed;
  hop.sampled ||= outer.sampled;
  // A driver knows the address; but an HTTP request's says less than the database or topic that it is made for.
  const outerKnows = isOwnKind(outer.type) && !isOwnKind(hop.type);
  if (outer.named !== undefined && (outerKnows || hop.named === undefined)) hop.named = outer.named;
  if (outerKnows || hop.type === "other") hop.type = outer.type;
  return hop;
}

/** A calling span's own edge, where no called span answers it. */
function addCall(draft: Draft, hop: Hop): void {
  const { answer, entry, beneath, named, type, failed, sampled } = hop;
  if (answer !== undefined) return;
  if (entry !== undefined) {
    draft.edges.push(edgeOf(serviceEnd(hop), serviceEnd(entry), type, hop, undefined, failed, sampled));
    return;
  }
  if (beneath > 0) return;
  const end = named?.span.peer?.end;
  if (named === undefined || end === undefined) draft.expired++;
  else draft.edges.push(edgeOf(serviceEnd(named), end, type, named, undefined, failed, sampled));
}

/** A request's or a message's arrival, seen by a called span. */
function addArrival(draft: Draft, hop: Hop): void {
  const source = sourceOf(hop);
  if (source === undefined) {
    draft.expired++;
    return;
  }
  const { client, failed, sampled } = hop;
  const type = client === undefined ? hop.type : typeOfBoth(client.type, hop.type);
  draft.edges.push(
    client !== undefined && isLastAnswer(hop, client)
      ? edgeOf(source, serviceEnd(hop), type, client, hop, client.failed || failed, client.sampled || sampled)
      : edgeOf(source, serviceEnd(hop), type, undefined, hop, failed, sampled),
  );
}

function sourceOf({ client, anchor, cut, span }: Hop): GraphEnd | undefined {
  if (client !== undefined) return serviceEnd(client);
  if (anchor !== undefined && anchor.span.serviceName !== span.serviceName) return serviceEnd(anchor);
  if (span.peer?.end !== undefined) return span.peer.end;
  return span.kind === graphSpanKind.server && !cut ? userEnd : undefined;
}

function isLastAnswer(hop: Hop, { answers }: Hop): boolean {
  return answers === undefined || answers.get(hop.span.serviceName) === hop;
}

function typeOfBoth(client: SpanEdgeType, server: SpanEdgeType): SpanEdgeType {
  return isOwnKind(server) || client === "other" ? server : client;
}

function serviceEnd({ span }: Hop): GraphEnd {
  return { kind: "service", name: span.service, system: "" };
}

function edgeOf(
  source: GraphEnd,
  destination: GraphEnd,
  type: SpanEdgeType,
  client: Hop | undefined,
  server: Hop | undefined,
  failed: boolean,
  sampled: boolean,
): SpanEdge {
  return {
    source,
    destination,
    type,
    virtual: destination.kind !== "service",
    startMs: ((client ?? server) as Hop).span.startMs,
    failed,
    clientNs: client?.span.durationNs,
    serverNs: server?.span.durationNs,
    sampled,
  };
}
