import { type Window, type WindowLength, windowEndingAt } from "@weir/domain";

const slotMs = 10_000;

/** Intervals that a window's charts have: each a whole number of the 10 s in which telemetry is kept. */
export const chartSlots: Record<WindowLength, number> = {
  "1m": 6,
  "5m": 30,
  "15m": 45,
  "1h": 60,
  "6h": 72,
  "24h": 72,
};

/** A window that ends at the border of an interval, so that the newest one is not drawn as a fall. */
export function chartWindow(length: WindowLength, nowMs: number): Window {
  return windowEndingAt(length, Math.floor(nowMs / slotMs) * slotMs);
}
