import { type Attributes, type AttributeValue, type Draft, type Span, spanKind } from "@weir/telemetry/otlp";
import { isResourceTag } from "./resource-of-tags.ts";
import { eventOf } from "./span-event.ts";
import { statusOfTags, statusTags } from "./span-status.ts";
import type { SpanTimes } from "./span-times.ts";
import type { ZipkinSpan } from "./zipkin-span.ts";

/** Attributes for what only Zipkin has. */
export const zipkinAttributes = {
  /** The span has its client's id: pairing goes by equal ids, not by the parent's. */
  shared: "zipkin.shared",
  /** As OpenTelemetry's collector says it: the start is a guess. */
  startAbsent: "otel.zipkin.absentField.startTime",
} as const;

const kinds: Readonly<Record<string, number>> = {
  CLIENT: spanKind.client,
  SERVER: spanKind.server,
  PRODUCER: spanKind.producer,
  CONSUMER: spanKind.consumer,
};

/** One span, by OpenTelemetry's published mapping (specification: OpenTelemetry to Zipkin) read backwards. */
export function otlpSpanOf(span: ZipkinSpan, times: SpanTimes): Draft<Span> {
  const { traceId, id, parentId, name, annotations, tags } = span;
  const { startTimeUnixNano, endTimeUnixNano } = times;
  const status = statusOfTags(tags);
  return {
    traceId,
    spanId: id,
    parentSpanId: parentId ?? "",
    name,
    kind: kindOf(span),
    startTimeUnixNano,
    endTimeUnixNano,
    attributes: attributesOf(span, times.guessed, status !== undefined),
    events: annotations.flatMap((annotation) => eventOf(annotation) ?? []),
    ...(status ? { status } : {}),
  };
}

/** Zipkin has no word for INTERNAL: it is the absence of a kind. Before there were kinds a tag told them. */
function kindOf({ kind, tags }: ZipkinSpan): number {
  return kinds[(kind ?? tags.get("span.kind") ?? "").toUpperCase()] ?? spanKind.internal;
}

function attributesOf(span: ZipkinSpan, startIsGuessed: boolean, hasStatus: boolean): Attributes {
  const { localEndpoint: local, remoteEndpoint: remote } = span;
  const attributes = new Map<string, AttributeValue | undefined>([
    ["network.local.address", local.ipv4 ?? local.ipv6],
    ["network.local.port", local.port],
    ["peer.service", remote.serviceName],
    ["network.peer.address", remote.ipv4 ?? remote.ipv6],
    ["network.peer.port", remote.port],
  ]);
  const status: readonly string[] = hasStatus ? Object.values(statusTags) : [];
  // What the application itself says of its peer is more exact than what its exporter made of that.
  for (const [key, value] of span.tags)
    if (!isResourceTag(key) && !status.includes(key)) attributes.set(key, value);
  if (span.shared) attributes.set(zipkinAttributes.shared, true);
  if (startIsGuessed) attributes.set(zipkinAttributes.startAbsent, true);
  return Object.fromEntries([...attributes].filter(([, value]) => value !== undefined)) as Attributes;
}
