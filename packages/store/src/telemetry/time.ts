export const slotMs = 10_000;
export const hourMs = 3_600_000;
export const hourNs = 3_600_000_000_000n;
const nsPerMs = 1_000_000n;

/** Milliseconds as nanoseconds; a number that is not finite counts as 1970. */
export function msToNs(ms: number): bigint {
  return Number.isFinite(ms) ? BigInt(Math.round(ms)) * nsPerMs : 0n;
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
