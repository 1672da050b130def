import type { Window } from "@weir/domain";
import { slotMs } from "./time.ts";

/** Equal intervals of a window. */
export interface Steps {
  readonly stepMs: number;
  readonly count: number;
  readonly window: Window;
}

/**
 * Intervals of equal length, about `slots` of them, that start where that length counted from 1970 does: asked again
 * a moment later, the same intervals come back and a chart does not tremble. Of lengths that people count time in, so
 * that each is made of few slots of the rollups; never under 10 s.
 */
export function stepsOf(window: Window, slots: number): Steps {
  const length = window.toMs - window.fromMs;
  const stepMs = niceLength(Math.ceil(length / Math.max(1, slots) / slotMs) * slotMs);
  const fromMs = Math.floor(window.fromMs / stepMs) * stepMs;
  const count = Math.max(1, Math.ceil((window.toMs - fromMs) / stepMs));
  return { stepMs, count, window: { fromMs, toMs: window.toMs } };
}

const [secondMs, minuteMs, hourMs, dayMs] = [1000, 60_000, 3_600_000, 86_400_000];
const niceLengths = [
  ...[10, 20, 30].map((n) => n * secondMs),
  ...[1, 2, 5, 10, 20, 30].map((n) => n * minuteMs),
  ...[1, 2, 3, 4, 6, 12].map((n) => n * hourMs),
];

/** The next of those lengths; whole days beyond. */
function niceLength(atLeastMs: number): number {
  return niceLengths.find((length) => length >= atLeastMs) ?? Math.ceil(atLeastMs / dayMs) * dayMs;
}
