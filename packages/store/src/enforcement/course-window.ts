import type { Window } from "@weir/domain";
import type { EnforcementHead } from "./enforcement-store.ts";

const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000];
/** Slots of ten seconds, and whole numbers of them; of these lengths series are made as well. */
const stepsMs = [
  ...[10_000, 20_000, 30_000],
  ...[1, 2, 5, 10, 20, 30].map((n) => n * minuteMs),
  ...[1, 2, 4, 12].map((n) => n * hourMs),
];
const mostSteps = 90;

/** Of intervals that begin where their length counted from 1970 does. */
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
  const lastMs = endedMs === undefined ? nowMs : Math.min(nowMs, courseEnd({ switchedMs, endedMs }));
  const predictedMs = predicted.toMs - predicted.fromMs;
  const beforeMs = Math.max(minuteMs, Math.min(predictedMs, Math.max(5 * minuteMs, afterMs)));
  const spanMs = lastMs - (switchedMs - beforeMs);
  const stepMs =
    stepsMs.find((step) => spanMs / step <= mostSteps) ?? Math.ceil(spanMs / mostSteps / dayMs) * dayMs;
  const fromMs = Math.floor((switchedMs - beforeMs) / stepMs) * stepMs;
  // The interval that is not over would be drawn as a fall.
  const steps = Math.max(1, Math.floor((lastMs - fromMs) / stepMs));
  return { fromMs, toMs: fromMs + steps * stepMs, stepMs, steps };
}

/** Until when the chart of one that is over goes on. */
export function courseEnd({
  switchedMs,
  endedMs,
}: {
  readonly switchedMs: number;
  readonly endedMs: number;
}): number {
  return endedMs + Math.max(minuteMs, (endedMs - switchedMs) / 10);
}

/** Without a guard it is over with the switch; but what it did since is what one wants to see, so the chart takes that for its end. */
export const unguardedMs = hourMs;

/** Undefined: it goes on. */
export function endOfWatch(
  { phase, createdAt, endedAt }: Pick<EnforcementHead, "phase" | "createdAt" | "endedAt">,
  nowMs: number,
): number | undefined {
  if (phase !== "unguarded") return endedAt?.getTime();
  const endedMs = createdAt.getTime() + unguardedMs;
  return endedMs <= nowMs ? endedMs : undefined;
}
