export const slotMs = 10_000;
export const hourMs = 3_600_000;
export const hourNs = 3_600_000_000_000n;
const nsPerMs = 1_000_000n;

/** Of the nanoseconds that 64 bits hold, an hour and more from either end, so that sums of them fit too. */
const furthestMs = 9.22e12;

/** Milliseconds as nanoseconds of 64 bits: times beyond the years 1677 and 2262 are those; one that is not finite is 1970. */
export function msToNs(ms: number): bigint {
  if (!Number.isFinite(ms)) return 0n;
  return BigInt(Math.round(Math.max(-furthestMs, Math.min(furthestMs, ms)))) * nsPerMs;
}

/** The latest time there is (ECMAScript, Time Values and Time Range). */
export const latestMs = 8.64e15;

/**
 * Start of the slot that an interval ending at `endMs` belongs to. An interval that ends where a slot does is
 * that slot's own, so the end counts as belonging to what came before it. Times before 1970, and none, count as 1970.
 */
export function slotOfIntervalEnd(endMs: number): number {
  if (!(endMs > 0)) return 0;
  return Math.floor((Math.min(endMs, latestMs) - 1) / slotMs) * slotMs;
}

/** Start of the hour, rounding down before 1970 too. */
export function hourOf(ns: bigint): bigint {
  const rest = ns % hourNs;
  return ns - (rest < 0n ? rest + hourNs : rest);
}
