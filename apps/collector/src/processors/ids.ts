const traceId = /^(?!0{32})[0-9a-f]{32}$/;
const spanId = /^(?!0{16})[0-9a-f]{16}$/;

/** 16 bytes as lower-case hexadecimal, not all zero (W3C Trace Context: trace-id). */
export function isTraceId(id: string): boolean {
  return traceId.test(id);
}

/** 8 bytes, not all zero. */
export function isSpanId(id: string): boolean {
  return spanId.test(id);
}

/** A log is worth keeping without the trace it belongs to, so ids that are none are left out. */
export function traceContextOf({ traceId, spanId }: { readonly traceId: string; readonly spanId: string }) {
  if (!isTraceId(traceId)) return {};
  return isSpanId(spanId) ? { traceId, spanId } : { traceId };
}
