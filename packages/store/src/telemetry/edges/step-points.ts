import type { Window } from "@weir/domain";
import type { SeriesPoint } from "../answers.ts";
import type { Steps } from "../steps.ts";
import type { StepRows } from "./each-group.ts";
import { goldenSignals } from "./row-answers.ts";

/** A point for each interval, also for those without requests. @param own absent: there are none at all. */
export function pointsOf(own: StepRows | undefined, steps: Steps, covered: Window): SeriesPoint[] {
  return Array.from({ length: steps.count }, (_, step) => {
    const atMs = steps.window.fromMs + step * steps.stepMs;
    const coveredMs = Math.min(atMs + steps.stepMs, covered.toMs) - Math.max(atMs, covered.fromMs);
    const rows = own?.rows.slice(step, step + 1) ?? [];
    return { atMs, seconds: Math.max(0, coveredMs) / 1000, ...goldenSignals(own, rows) };
  });
}
