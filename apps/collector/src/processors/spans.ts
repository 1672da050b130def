import type { SpanRecord } from "@weir/store";
import type { ExportTraceServiceRequest, Span } from "@weir/telemetry/otlp";
import { isNoSpanId, isSpanId, isTraceId } from "./ids.ts";
import type { RejectionReason, Rejections } from "./rejections.ts";
import { type Sender, senderOf } from "./sender.ts";
import { isTime } from "./times.ts";

/** The spans of a request as rows; those that cannot be one are counted in `rejections`. */
export function spansOf(request: ExportTraceServiceRequest, rejections: Rejections): SpanRecord[] {
  const records: SpanRecord[] = [];
  for (const { resource, scopeSpans } of request.resourceSpans) {
    const sender = senderOf(resource);
    for (const { spans } of scopeSpans)
      for (const span of spans) {
        const fault = faultOf(span);
        if (fault) rejections.add(fault);
        else records.push(recordOf(span, sender));
      }
  }
  return records;
}

function faultOf(span: Span): RejectionReason | undefined {
  if (!isTraceId(span.traceId)) return "invalid_trace_id";
  if (!isSpanId(span.spanId)) return "invalid_span_id";
  if (!isNoSpanId(span.parentSpanId) && !isSpanId(span.parentSpanId)) return "invalid_span_id";
  return isTime(span.startTimeUnixNano) && isTime(span.endTimeUnixNano) ? undefined : "invalid_time";
}

function recordOf(span: Span, { service, resource }: Sender): SpanRecord {
  const { startTimeUnixNano: startNs, endTimeUnixNano: endNs, events, links, status } = span;
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: isNoSpanId(span.parentSpanId) ? undefined : span.parentSpanId,
    service,
    resource,
    operation: span.name,
    kind: span.kind >= 0 && span.kind <= 5 ? span.kind : 0,
    status: status && status.code >= 0 && status.code <= 2 ? status.code : 0,
    statusMessage: status?.message || undefined,
    startNs,
    // A clock that was set back while the span was open makes it end before it began.
    durationNs: endNs > startNs ? endNs - startNs : 0n,
    attributes: span.attributes,
    events:
      events.length === 0
        ? undefined
        : events.map(({ timeUnixNano, name, attributes }) => ({ timeNs: timeUnixNano, name, attributes })),
    links:
      links.length === 0
        ? undefined
        : links.map(({ traceId, spanId, attributes }) => ({ traceId, spanId, attributes })),
  };
}
