/**
 * Milliseconds that a `Retry-After` asks for: seconds, or a date (RFC 9110 10.2.3). Undefined where there is none, or
 * nothing that can be read.
 */
export function retryAfterMs(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const dateMs = Date.parse(value);
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}
