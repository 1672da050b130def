import { compareStarts } from "./compare-spans.ts";
import { graphSpanKind } from "./graph-span.ts";
import { type Hop, sameService } from "./hop.ts";
import type { SpanEdgeType } from "./span-edge.ts";

/** Finds what a hop answers, is nested in or came from. Its ancestors must have been through this before it. */
export function relate(hop: Hop): void {
  hop.type = typeOf(hop);
  findAnchor(hop);
  const { anchor } = hop;
  if (hop.role === "called") {
    if (anchor !== undefined && isNestedServer(hop, anchor)) nest(hop, anchor.outermost);
    else addAnswer(hop, clientAbove(hop));
  } else if (anchor !== undefined && !sameService(anchor, hop)) addEntry(hop, clientAbove(hop));
  else if (anchor !== undefined && hop.role === "calling" && isNestedClient(hop, anchor)) hop.outer = anchor;
}

/**
 * Counts a nested calling span where it stands for a request; it doesn't if it neither names nor reaches anybody (a look-up of
 * a name, a connect). Whatever is nested in it must have been counted before it.
 */
export function countNested(hop: Hop): void {
  if (hop.outer === undefined) return;
  if (hop.beneath > 0 || hop.span.peer?.end !== undefined) hop.outer.beneath++;
  else hop.absorbed = true;
}

/** Completes by itself: a database's driver, a message broker's client. */
export function isOwnKind(type: SpanEdgeType): boolean {
  return type === "database" || type === "messaging";
}

function typeOf({ span: { kind, peer } }: Hop): SpanEdgeType {
  if (kind === graphSpanKind.producer || kind === graphSpanKind.consumer) return "messaging";
  return peer?.type ?? "other";
}

function findAnchor(hop: Hop): void {
  const { parent } = hop;
  if (parent?.role === "inner" && sameService(parent, hop)) {
    hop.anchor = parent.anchor;
    hop.cut = parent.cut;
  } else hop.anchor = parent;
}

/**
 * A sidecar's server span and its application's are one. A consumer in a server span is another request if its topic
 * is known: a handler that fetches a message from there.
 */
function isNestedServer(hop: Hop, anchor: Hop): boolean {
  if (anchor.role !== "called" || !sameService(anchor, hop)) return false;
  return hop.type !== "messaging" || anchor.type === "messaging" || hop.span.peer?.end === undefined;
}

/**
 * An application's client span and its sidecar's or its driver's are one. But a request to a database or a topic isn't
 * part of one that goes somewhere else: then a context has leaked from the first call to the next.
 */
function isNestedClient(hop: Hop, anchor: Hop): boolean {
  if (anchor.role !== "calling") return false;
  const elsewhere = anchor.span.peer?.end !== undefined && anchor.type !== hop.type;
  return !(elsewhere && isOwnKind(hop.type) && hop.span.peer?.end !== undefined);
}

function nest(hop: Hop, outermost: Hop): void {
  hop.outermost = outermost;
  outermost.failed ||= hop.failed;
  outermost.sampled ||= hop.sampled;
}

/** The anchor if it calls, or what calls above the anchor's inner spans. */
function clientAbove({ anchor }: Hop): Hop | undefined {
  if (anchor === undefined || anchor.role === "called") return undefined;
  if (anchor.role === "calling") return anchor;
  const above = anchor.anchor;
  return above?.role === "calling" && sameService(above, anchor) ? above : undefined;
}

function addAnswer(hop: Hop, client: Hop | undefined): void {
  if (client === undefined) return;
  hop.client = client;
  client.beneath++;
  if (client.answer === undefined) {
    client.answer = hop;
    return;
  }
  client.answers ??= new Map([[client.answer.span.serviceName, client.answer]]);
  const last = client.answers.get(hop.span.serviceName);
  if (last === undefined || compareStarts(last.span, hop.span) < 0)
    client.answers.set(hop.span.serviceName, hop);
}

function addEntry(hop: Hop, client: Hop | undefined): void {
  if (client === undefined) return;
  if (client.entry === undefined) client.beneath++;
  if (client.entry === undefined || compareStarts(hop.span, client.entry.span) < 0) client.entry = hop;
}
