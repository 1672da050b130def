import type { ZipkinSpan } from "./zipkin-span.ts";

/** Start and end in nanoseconds since 1970, both 0 where they lie beyond what can be stored. */
export interface SpanTimes {
  readonly startTimeUnixNano: bigint;
  readonly endTimeUnixNano: bigint;
  /** The start is a guess: the span has no timestamp. */
  readonly guessed: boolean;
}

/** Postgres keeps nanoseconds as a signed 64-bit integer. */
const latestNs = 2n ** 63n - 1n;
const latestMicroseconds = Number(latestNs / 1000n);

/**
 * Places the spans of one request. A span whose timestamp is missing starts at its earliest annotation; without any,
 * at the earliest time that the request knows of its trace, so that a resend says the same again; only where the
 * request knows none, when it was received. A missing duration is 0.
 */
export function placeSpans(
  spans: readonly ZipkinSpan[],
  receivedNs: bigint,
): (span: ZipkinSpan) => SpanTimes {
  const ofTrace = new Map<string, number>();
  for (const span of spans) {
    const known = ownTime(span);
    const earliest = ofTrace.get(span.traceId);
    if (known !== undefined && (earliest === undefined || known < earliest)) ofTrace.set(span.traceId, known);
  }
  return (span) => {
    const known = ownTime(span) ?? ofTrace.get(span.traceId);
    const start = known === undefined ? receivedNs : nanosecondsOf(known);
    const duration = nanosecondsOf(span.duration ?? 0);
    const guessed = span.timestamp === undefined;
    if (start === undefined || duration === undefined || start + duration > latestNs)
      return { startTimeUnixNano: 0n, endTimeUnixNano: 0n, guessed };
    return { startTimeUnixNano: start, endTimeUnixNano: start + duration, guessed };
  };
}

/** Undefined beyond the year 2262. Fractions are exact to a nanosecond, which the whole as one double is not. */
export function nanosecondsOf(microseconds: number): bigint | undefined {
  if (microseconds > latestMicroseconds) return undefined;
  const whole = Math.trunc(microseconds);
  return BigInt(whole) * 1000n + BigInt(Math.round((microseconds - whole) * 1000));
}

function ownTime({ timestamp, annotations }: ZipkinSpan): number | undefined {
  if (timestamp !== undefined) return timestamp;
  return annotations.reduce<number | undefined>(
    (earliest, annotation) => Math.min(earliest ?? Number.POSITIVE_INFINITY, annotation.timestamp),
    undefined,
  );
}
