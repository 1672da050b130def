import type { Window } from "@weir/domain";

/** Slots of ten seconds, and whole numbers of them. */
const stepsMs = [10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 43_200].map(
  (seconds) => seconds * 1_000,
);
const mostSteps = 90;
const shortestMs = 60_000;

export interface CourseWindow extends Window {
  readonly stepMs: number;
  readonly steps: number;
}

/**
 * The time that a chart of an enforcement is of, in whole slots: as long before the switch as after it, but at most what it was
 * predicted by and at least five minutes of that; and once it is over a tenth more, so that what came after is seen. From then on
 * it stays as it is.
 */
export function courseWindow({
  predicted,
  switchedMs,
  endedMs,
  nowMs,
}: {
  readonly predicted: Window;
  readonly switchedMs: number;
  /** Undefined while it goes on. */
  readonly endedMs: number | undefined;
  readonly nowMs: number;
}): CourseWindow {
  const afterMs = Math.max(0, (endedMs ?? nowMs) - switchedMs);
  const lastMs =
    endedMs === undefined ? nowMs : Math.min(nowMs, endedMs + Math.max(shortestMs, afterMs / 10));
  const predictedMs = predicted.toMs - predicted.fromMs;
  const beforeMs = Math.max(shortestMs, Math.min(predictedMs, Math.max(5 * shortestMs, afterMs)));
  const spanMs = lastMs - (switchedMs - beforeMs);
  const stepMs =
    stepsMs.find((step) => spanMs / step <= mostSteps) ?? Math.ceil(spanMs / mostSteps / 10_000) * 10_000;
  const fromMs = Math.floor((switchedMs - beforeMs) / 10_000) * 10_000;
  // The slot that is not over would be drawn as a fall.
  const wholeMs = Math.floor(lastMs / 10_000) * 10_000;
  const steps = Math.max(1, Math.floor((wholeMs - fromMs) / stepMs));
  return { fromMs, toMs: fromMs + steps * stepMs, stepMs, steps };
}
