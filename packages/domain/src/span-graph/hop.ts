import { type GraphSpan, graphSpanKind } from "./graph-span.ts";
import type { SpanEdgeType } from "./span-edge.ts";

/** Which side of a call a span is: what sends, what answers, and what goes on between. */
export type Role = "calling" | "called" | "inner";

/**
 * One span with its place in the trace; made, filled in and thrown away within one `graphOfTrace`. Each group of
 * fields belongs to the step that sets it.
 */
export class Hop {
  readonly role: Role;
  span: GraphSpan;
  failed: boolean;
  sampled: boolean;

  // `placeSpans`
  /** The first hop of this id; from there `nextOfId` leads through all of them, one for each role. */
  readonly first: Hop;
  nextOfId: Hop | undefined = undefined;
  parent: Hop | undefined = undefined;
  /** The way up ends at a span that isn't there, or in a circle; a root's ends properly. */
  cut = false;

  // `parentsFirst`
  visit: "unseen" | "on path" | "done" = "unseen";

  // `relate`
  /** The nearest ancestor that isn't an inner span of the same service. */
  anchor: Hop | undefined = undefined;
  type: SpanEdgeType = "other";
  /** Of nested called spans, the outermost. */
  outermost: Hop;
  /** The calling span that a called one answers. */
  client: Hop | undefined = undefined;
  /** The calling span that this one is nested in. */
  outer: Hop | undefined = undefined;
  /** The called span that answers this one, and if there are several, the last one of each service. */
  answer: Hop | undefined = undefined;
  answers: Map<string, Hop> | undefined = undefined;
  /** A span of the far side that isn't a called one. */
  entry: Hop | undefined = undefined;

  // `relate` and `countNested`
  /** How many called spans have this one as `client`, and calling ones as `outer`, that stand for a request. */
  beneath = 0;
  /** Stands for no request but that of `outer`. */
  absorbed = false;

  // `inherit`
  /** The one of nested calling spans that names the far side. */
  named: Hop | undefined = undefined;

  constructor(span: GraphSpan, role: Role, first: Hop | undefined) {
    this.role = role;
    this.span = span;
    this.failed = span.failed;
    this.sampled = span.sampled;
    this.first = first ?? this;
    this.outermost = this;
  }
}

/** A client span that receives messages is on the answering side, like a consumer's. */
export function roleOf({ kind, peer }: GraphSpan): Role {
  if (kind === graphSpanKind.client) return peer?.receives === true ? "called" : "calling";
  if (kind === graphSpanKind.server || kind === graphSpanKind.consumer) return "called";
  return kind === graphSpanKind.producer ? "calling" : "inner";
}

export function sameService(one: Hop, other: Hop): boolean {
  return one.span.serviceName === other.span.serviceName;
}
