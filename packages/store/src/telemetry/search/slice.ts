import { hourNs, hourOf } from "../time.ts";

/** A stretch of time, `fromNs` inclusive and `toNs` exclusive. */
export interface Slice {
  readonly fromNs: bigint;
  readonly toNs: bigint;
}

/** A search begins with so much: some thousand spans where traffic is heavy, and nothing lost where it is not. */
export const firstWidthNs = 2_000_000_000n;
const leastWidthNs = 1_000_000n;
/** Whole hours at most: a statement that turns out slow has to be given up, and all of it was for nothing. */
const mostHours = 8n;
const mostWidthNs = mostHours * hourNs;

/**
 * The newest part before `toNs`, of about the width. It ends where an hour begins, so that a statement has to do with one
 * partition, or it holds whole hours.
 */
export function sliceBefore(toNs: bigint, widthNs: bigint, fromNs: bigint): Slice {
  const hour = hourOf(toNs - 1n);
  const wanted = toNs - widthNs;
  return { fromNs: later(widthNs > hourNs ? hourOf(wanted) : later(wanted, hour), fromNs), toNs };
}

/** Whole hours, as many as told, of which the last is the one before `toNs`; it goes on to the end of that hour. */
export function hoursBefore(toNs: bigint, hours: bigint, fromNs: bigint): Slice {
  const hour = hourOf(toNs - 1n);
  return { fromNs: later(hour - (hours - 1n) * hourNs, hourOf(fromNs)), toNs: hour + hourNs };
}

/** How many hours to look up after so many took so long. */
export function nextHours(hours: bigint, tookMs: number): bigint {
  if (tookMs < 20) return hours * 2n > mostHours ? mostHours : hours * 2n;
  return tookMs > 60 && hours > 1n ? hours / 2n : hours;
}

/** The width of the next slice after one of this width took so long: statements of about 15 ms are aimed at. */
export function nextWidth(widthNs: bigint, tookMs: number): bigint {
  const factor = Math.min(8, Math.max(0.25, 15 / tookMs));
  const next = (widthNs * BigInt(Math.round(factor * 16))) / 16n;
  return next > mostWidthNs ? mostWidthNs : later(next, leastWidthNs);
}

/** After a statement had to be given up. */
export function narrowed(widthNs: bigint): bigint {
  return later(widthNs / 8n, leastWidthNs);
}

/** The greater of two times. */
export function later(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}
