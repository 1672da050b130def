import type { TraceSpan } from "@weir/store";
import type { Attributes, Draft, ExportTraceServiceRequest, Span } from "@weir/telemetry/otlp";
import { eventShape, linkShape } from "../api/span-parts.ts";

/** A trace as one OTLP request: what a collector would take in again. Spans of one resource stand together. */
export function otlpTrace(spans: readonly TraceSpan[]): Draft<ExportTraceServiceRequest> {
  const resources = Map.groupBy(spans, ({ service, resource }) => JSON.stringify([service, resource]));
  return {
    resourceSpans: [...resources.values()].map((own) => ({
      resource: { attributes: resourceOf(own[0]!) },
      scopeSpans: [{ spans: own.map(spanOf) }],
    })),
  };
}

/** Zipkin and Envoy name a service without OTLP's attributes; as a resource it must have them. */
function resourceOf({ service, resource }: TraceSpan): Attributes {
  const named = {
    "service.name": service.name,
    ...(service.namespace === "" ? {} : { "service.namespace": service.namespace }),
    ...(service.version === "" ? {} : { "service.version": service.version }),
  };
  return { ...named, ...values(resource) };
}

function spanOf(span: TraceSpan): Draft<Span> {
  const { traceId, spanId, parentSpanId, operation, kind, status, statusMessage, startNs } = span;
  return {
    ...{ traceId, spanId, name: operation, kind },
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    startTimeUnixNano: startNs,
    endTimeUnixNano: startNs + span.durationNs,
    attributes: values(span.attributes),
    events: span.events.map(eventShape).map(({ name, timeNs, attributes }) => ({
      ...{ name, attributes: values(attributes) },
      timeUnixNano: timeNs === null ? 0n : BigInt(timeNs),
    })),
    links: span.links.map(linkShape).map((link) => ({ ...link, attributes: values(link.attributes) })),
    status: { code: status, ...(statusMessage === undefined ? {} : { message: statusMessage }) },
  };
}

/** Attributes are stored as JSON, all of whose values OTLP knows. */
function values(stored: Readonly<Record<string, unknown>>): Attributes {
  return stored as Attributes;
}
