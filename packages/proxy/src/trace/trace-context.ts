import type { SpanIds } from "./span-ids.ts";

/** One span's place in a trace. Ids are lower-case hexadecimal: 32 digits for the trace, 16 for a span. */
export interface TraceContext {
  readonly traceId: string;
  readonly spanId: string;
  /** The caller's span; absent where this span starts the trace. */
  readonly parentSpanId?: string | undefined;
  readonly sampled: boolean;
}

/** What a caller said of its trace. */
export interface RemoteContext {
  readonly traceId: string;
  readonly spanId: string;
  /** Undefined: the caller leaves the choice to us (B3 only). */
  readonly sampled: boolean | undefined;
}

/** The span of one request: the caller's trace goes on, or a new one starts, sampled with probability `ratio`. */
export function startSpan(
  remote: RemoteContext | undefined,
  ratio: number,
  random: () => number,
  ids: SpanIds,
): TraceContext {
  const spanId = ids.spanId();
  if (remote === undefined)
    return { traceId: ids.traceId(), spanId, parentSpanId: undefined, sampled: random() < ratio };
  const sampled = remote.sampled ?? random() < ratio;
  return { traceId: remote.traceId, spanId, parentSpanId: remote.spanId, sampled };
}
