import type { WindowLength } from "./window-length.ts";

/** A span of time, `from` inclusive and `to` exclusive, in milliseconds since 1970. */
export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The windows the console offers, by the text that stands in its address. */
export const windowLengths = ["1m", "5m", "15m", "1h", "6h", "24h"] as const;

export const windowLengthsMs: Readonly<Record<WindowLength, number>> = {
  "1m": 60_000,
  "5m": 300_000,
  "15m": 900_000,
  "1h": 3_600_000,
  "6h": 21_600_000,
  "24h": 86_400_000,
};

/** The window of that length that ends now. */
export function windowEndingAt(length: WindowLength, nowMs: number): Window {
  return { fromMs: nowMs - windowLengthsMs[length], toMs: nowMs };
}
