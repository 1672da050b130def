import { type Draft, encodeTraces, type Span, spanKind, statusCode } from "@weir/telemetry/otlp";
import { requestAttributes } from "./mesh-attributes.ts";
import { nanoseconds, type RequestRecord } from "./request-record.ts";
import { type resourceOf, scope } from "./resource.ts";

/** One OTLP traces request, in protobuf: a span for each record. */
export function encodeTracesRequest(
  resource: ReturnType<typeof resourceOf>,
  records: readonly RequestRecord[],
): Buffer {
  const spans = records.map(spanOf);
  return encodeTraces({ resourceSpans: [{ resource, scopeSpans: [{ scope, spans }] }] }, "protobuf");
}

/** The caller's half of a call is a CLIENT span, the destination's its SERVER child. */
function spanOf(record: RequestRecord): Draft<Span> {
  const { direction, traceId, spanId, parentSpanId, startMs, durationMs } = record;
  const outbound = direction === "outbound";
  return {
    traceId,
    spanId,
    parentSpanId: parentSpanId ?? "",
    flags: 1,
    // A path may hold anything, and names of operations must stay few: the method and the peer are enough.
    name: outbound ? `${record.method} ${record.destination.service}` : record.method,
    kind: outbound ? spanKind.client : spanKind.server,
    startTimeUnixNano: nanoseconds(startMs),
    endTimeUnixNano: nanoseconds(startMs + durationMs),
    attributes: { ...requestAttributes(record), "network.peer.address": record.peerAddress },
    status: { code: failed(record) ? statusCode.error : statusCode.unset, message: record.flag },
  };
}

/** A client span fails with 4xx too, a server span with 5xx only (semantic conventions: HTTP spans, status). */
function failed({ direction, status, flag }: RequestRecord): boolean {
  return flag !== "" || status >= 500 || (direction === "outbound" && status >= 400);
}
