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
): TraceContext {
  const spanId = randomHex(2, random);
  if (remote === undefined) return { traceId: randomHex(4, random), spanId, sampled: random() < ratio };
  const sampled = remote.sampled ?? random() < ratio;
  return { traceId: remote.traceId, spanId, parentSpanId: remote.spanId, sampled };
}

/** `words` times 32 random bits as hexadecimal digits, never all zero (W3C Trace Context 3.2.2.3). */
function randomHex(words: number, random: () => number): string {
  let text = "";
  for (let i = 0; i < words; i++) text += ((random() * 0x1_0000_0000) >>> 0).toString(16).padStart(8, "0");
  return /[^0]/.test(text) ? text : randomHex(words, random);
}
