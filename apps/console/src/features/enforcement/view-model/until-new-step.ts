import type { EnforcementCourse } from "../../../server/enforcement/course.ts";

type Told = Pick<EnforcementCourse, "toMs" | "stepMs" | "nowMs" | "heardUntilMs">;

/** Telemetry is kept by ten seconds: nothing new can be told sooner. */
const slotMs = 10_000;
/** What sidecars count of a slot has come by then; they report every two seconds. */
const arrivalMs = 5_000;

/**
 * In how many milliseconds a course has something new: once its next interval is over and was told of. Until the last one that it
 * has was told of to its end, and something after it was heard, that may be with every slot.
 *
 * @param told undefined while nothing was.
 */
export function untilNewStep(told: Told | undefined): number {
  if (told === undefined) return slotMs;
  const { toMs, stepMs, nowMs, heardUntilMs } = told;
  const isWhole = heardUntilMs !== undefined && heardUntilMs > toMs && nowMs >= toMs + arrivalMs;
  return isWhole ? Math.max(slotMs, toMs + stepMs + arrivalMs - nowMs) : slotMs;
}
