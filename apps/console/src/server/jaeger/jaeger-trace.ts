import type { TraceSpan } from "@weir/store";
import { eventShape, linkShape } from "../api/span-parts.ts";
import { type KeyValue, keyValue, keyValues } from "./key-values.ts";

interface Process {
  readonly serviceName: string;
  readonly tags: readonly KeyValue[];
}

interface Reference {
  readonly refType: "CHILD_OF" | "FOLLOWS_FROM";
  readonly traceID: string;
  readonly spanID: string;
}

interface JaegerSpan {
  readonly traceID: string;
  readonly spanID: string;
  readonly operationName: string;
  readonly references: readonly Reference[];
  /** Microseconds since 1970. */
  readonly startTime: number;
  /** Microseconds. */
  readonly duration: number;
  readonly tags: readonly KeyValue[];
  readonly logs: readonly { readonly timestamp: number; readonly fields: readonly KeyValue[] }[];
  readonly processID: string;
  readonly warnings: null;
}

/** A trace as Jaeger's UI model has it (`uimodel.Trace`); OTLP's fields stand where Jaeger's translator puts them. */
export interface JaegerTrace {
  readonly traceID: string;
  readonly spans: readonly JaegerSpan[];
  readonly processes: Readonly<Record<string, Process>>;
  readonly warnings: null;
}

export function jaegerTrace(traceId: string, spans: readonly TraceSpan[]): JaegerTrace {
  const processes = new Map<string, { id: string; process: Process }>();
  const processOf = (span: TraceSpan): string => {
    const key = JSON.stringify([span.service, span.resource]);
    const known = processes.get(key);
    if (known) return known.id;
    const id = `p${processes.size + 1}`;
    processes.set(key, { id, process: processShape(span) });
    return id;
  };
  return {
    traceID: traceId,
    spans: spans.map((span) => spanShape(span, processOf(span))),
    processes: Object.fromEntries([...processes.values()].map(({ id, process }) => [id, process])),
    warnings: null,
  };
}

function processShape({ service, resource }: TraceSpan): Process {
  const { "service.name": _, ...rest } = resource;
  return { serviceName: service.name, tags: keyValues(rest) };
}

function spanShape(span: TraceSpan, processID: string): JaegerSpan {
  return {
    traceID: span.traceId,
    spanID: span.spanId,
    operationName: span.operation,
    references: referencesOf(span),
    startTime: Number(span.startNs / 1_000n),
    duration: Number(span.durationNs / 1_000n),
    tags: keyValues({ ...span.attributes, ...ownTags(span) }),
    logs: span.events.map(eventShape).map(({ name, timeNs, attributes }) => ({
      timestamp: Number(BigInt(timeNs ?? span.startNs) / 1_000n),
      fields: [keyValue("event", name), ...keyValues(attributes)],
    })),
    processID,
    warnings: null,
  };
}

/** The parent, and what the span links to. */
function referencesOf({ traceId, parentSpanId, links }: TraceSpan): Reference[] {
  const parent = parentSpanId
    ? [{ refType: "CHILD_OF" as const, traceID: traceId, spanID: parentSpanId }]
    : [];
  const linked = links
    .map(linkShape)
    .map((link) => ({ refType: "FOLLOWS_FROM" as const, traceID: link.traceId, spanID: link.spanId }));
  return [...parent, ...linked];
}

const kinds = [undefined, "internal", "server", "client", "producer", "consumer"] as const;

/** What OTLP has fields for and Jaeger tags (OpenTelemetry, transformation to Jaeger). */
function ownTags({ kind, status, statusMessage }: TraceSpan): Record<string, unknown> {
  const kindText = kinds[kind];
  return {
    ...(kindText === undefined ? {} : { "span.kind": kindText }),
    ...(status === 1 ? { "otel.status_code": "OK" } : {}),
    ...(status === 2 ? { "otel.status_code": "ERROR", error: true } : {}),
    ...(statusMessage ? { "otel.status_description": statusMessage } : {}),
  };
}
