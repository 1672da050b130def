import { isSpanId, isTraceId } from "../../processors/ids.ts";

/** The trace that a request belongs to. */
export interface TraceContext {
  readonly traceId: string;
  /** Empty: not known. */
  readonly spanId: string;
  readonly sampled: boolean;
}

type Headers = ReadonlyMap<string, string>;

/**
 * The trace context in the headers that an entry carries: W3C `traceparent`, B3 in one header or in several. Envoy logs
 * them where `additional_request_headers_to_log` names them. `x-request-id` and `stream_id` name a request but no trace:
 * no span would be found under them.
 */
export function traceContextOf(headers: Headers): TraceContext | undefined {
  return ofTraceparent(headers.get("traceparent")) ?? ofB3(headers.get("b3")) ?? ofB3Headers(headers);
}

/** `00-<trace id>-<span id>-<flags>` (W3C Trace Context: traceparent). */
function ofTraceparent(value: string | undefined): TraceContext | undefined {
  const [, traceId = "", spanId = "", flags = ""] =
    /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})/.exec(value ?? "") ?? [];
  return contextOf(traceId, spanId, (Number.parseInt(flags, 16) & 1) === 1);
}

/** `<trace id>-<span id>[-<sampled>[-<parent>]]`. */
function ofB3(value: string | undefined): TraceContext | undefined {
  const [traceId = "", spanId = "", sampled = ""] = (value ?? "").split("-");
  return contextOf(traceId, spanId, sampled === "1" || sampled === "d");
}

function ofB3Headers(headers: Headers): TraceContext | undefined {
  const sampled = headers.get("x-b3-sampled");
  return contextOf(
    headers.get("x-b3-traceid") ?? "",
    headers.get("x-b3-spanid") ?? "",
    sampled === "1" || sampled === "true" || headers.get("x-b3-flags") === "1",
  );
}

/** B3 allows trace ids of eight bytes; OpenTelemetry has them with zeros before. */
function contextOf(traceId: string, spanId: string, sampled: boolean): TraceContext | undefined {
  const id = traceId.toLowerCase();
  const long = id.length === 16 ? id.padStart(32, "0") : id;
  const span = spanId.toLowerCase();
  return isTraceId(long) ? { traceId: long, spanId: isSpanId(span) ? span : "", sampled } : undefined;
}
