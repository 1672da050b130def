import { type Attributes, attributes } from "../attributes.ts";
import { field, optional, repeated } from "../schema/field.ts";
import { unixNano } from "../schema/int64.ts";
import { message } from "../schema/message.ts";
import { enumeration, fixed32, hexId, string, uint32 } from "../schema/scalars.ts";
import { InstrumentationScope, Resource } from "./common.ts";

/** Values of `Span.kind`. */
export const spanKind = {
  unspecified: 0,
  internal: 1,
  server: 2,
  client: 3,
  producer: 4,
  consumer: 5,
} as const;

/** Values of `Status.code`. */
export const statusCode = { unset: 0, ok: 1, error: 2 } as const;

export interface SpanEvent {
  readonly timeUnixNano: bigint;
  readonly name: string;
  readonly attributes: Attributes;
  readonly droppedAttributesCount: number;
}

export const SpanEvent = message<SpanEvent>({
  timeUnixNano: field(1, unixNano),
  name: field(2, string),
  attributes: attributes(3),
  droppedAttributesCount: field(4, uint32),
});

export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceState: string;
  readonly attributes: Attributes;
  readonly droppedAttributesCount: number;
  readonly flags: number;
}

export const SpanLink = message<SpanLink>({
  traceId: field(1, hexId),
  spanId: field(2, hexId),
  traceState: field(3, string),
  attributes: attributes(4),
  droppedAttributesCount: field(5, uint32),
  flags: field(6, fixed32),
});

export interface SpanStatus {
  readonly message: string;
  readonly code: number;
}

const SpanStatus = message<SpanStatus>({
  message: field(2, string),
  code: field(3, enumeration(["STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR"])),
});

/** opentelemetry.proto.trace.v1.Span. Ids are lower-case hexadecimal; their length is not checked here. */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceState: string;
  readonly parentSpanId: string;
  readonly flags: number;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: bigint;
  readonly endTimeUnixNano: bigint;
  readonly attributes: Attributes;
  readonly droppedAttributesCount: number;
  readonly events: readonly SpanEvent[];
  readonly droppedEventsCount: number;
  readonly links: readonly SpanLink[];
  readonly droppedLinksCount: number;
  readonly status: SpanStatus | undefined;
}

const Span = message<Span>({
  traceId: field(1, hexId),
  spanId: field(2, hexId),
  traceState: field(3, string),
  parentSpanId: field(4, hexId),
  flags: field(16, fixed32),
  name: field(5, string),
  kind: field(
    6,
    enumeration([
      "SPAN_KIND_UNSPECIFIED",
      "SPAN_KIND_INTERNAL",
      "SPAN_KIND_SERVER",
      "SPAN_KIND_CLIENT",
      "SPAN_KIND_PRODUCER",
      "SPAN_KIND_CONSUMER",
    ]),
  ),
  startTimeUnixNano: field(7, unixNano),
  endTimeUnixNano: field(8, unixNano),
  attributes: attributes(9),
  droppedAttributesCount: field(10, uint32),
  events: repeated(11, SpanEvent),
  droppedEventsCount: field(12, uint32),
  links: repeated(13, SpanLink),
  droppedLinksCount: field(14, uint32),
  status: optional(15, SpanStatus),
});

export interface ScopeSpans {
  readonly scope: InstrumentationScope | undefined;
  readonly spans: readonly Span[];
  readonly schemaUrl: string;
}

const ScopeSpans = message<ScopeSpans>({
  scope: optional(1, InstrumentationScope),
  spans: repeated(2, Span),
  schemaUrl: field(3, string),
});

export interface ResourceSpans {
  readonly resource: Resource | undefined;
  readonly scopeSpans: readonly ScopeSpans[];
  readonly schemaUrl: string;
}

const ResourceSpans = message<ResourceSpans>({
  resource: optional(1, Resource),
  scopeSpans: repeated(2, ScopeSpans),
  schemaUrl: field(3, string),
});

/** opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest */
export interface ExportTraceServiceRequest {
  readonly resourceSpans: readonly ResourceSpans[];
}

export const ExportTraceServiceRequest = message<ExportTraceServiceRequest>({
  resourceSpans: repeated(1, ResourceSpans),
});
