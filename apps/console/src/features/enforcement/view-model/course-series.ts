import type { ActsCourse, EnforcementCourse, SignalsCourse } from "../../../server/enforcement/course.ts";
import type { Series } from "../../../ui/series-chart.tsx";

type Axis = Pick<EnforcementCourse, "fromMs" | "stepMs" | "steps" | "switchedAtMs">;

/** Middle of each interval, in milliseconds since 1970. */
export function momentsOf({ fromMs, stepMs, steps }: Axis): number[] {
  return Array.from({ length: steps }, (_, step) => fromMs + (step + 0.5) * stepMs);
}

/** Of the requests that a share is of: the share a policy would have acted on, that it acts on, and what both are held against. */
export function actsSeries({ steps, predicted, limit }: ActsCourse, axis: Axis): Series[] {
  return [
    {
      ...{ name: "would act", color: "var(--observe)", dash: "4 3" },
      values: steps.map(({ observed, wouldAct }) => shareOf(wouldAct, observed)),
    },
    {
      ...{ name: "acts", color: "var(--enforce)" },
      values: steps.map(({ enforced, acted }) => shareOf(acted, enforced)),
    },
    ...levelSeries("predicted", predicted, axis),
    ...limitSeries(limit, axis),
  ];
}

/** Shares of requests that failed. */
export function failedSeries({ steps, failures }: SignalsCourse, axis: Axis): Series[] {
  return [
    { ...{ name: "failed", color: "var(--failing)" }, values: steps.map(({ failed }) => failed) },
    ...levelSeries("before", failures.before, axis),
    ...limitSeries(failures.limit, axis),
  ];
}

/** In seconds. */
export function p99Series({ steps, p99 }: SignalsCourse, axis: Axis): Series[] {
  return [
    { ...{ name: "p99", color: "var(--series-2)" }, values: steps.map((step) => step.p99) },
    ...levelSeries("before", p99.before, axis),
    ...limitSeries(p99.limit, axis),
  ];
}

export function rateSeries({ steps }: SignalsCourse): Series[] {
  return [{ ...{ name: "rate", color: "var(--series-1)" }, values: steps.map(({ rps }) => rps) }];
}

/** Where a moment stands on the axis of a chart, whose borders are the middles of its first and last interval; undefined beyond them. */
export function shareOfAxis(atMs: number, fromMs: number, toMs: number): number | undefined {
  if (toMs <= fromMs || atMs < fromMs || atMs > toMs) return undefined;
  return (atMs - fromMs) / (toMs - fromMs);
}

function shareOf(part: number, whole: number): number | undefined {
  return whole > 0 ? part / whole : undefined;
}

/** All along, for it was known before the switch. */
function levelSeries(name: string, level: number | undefined, { steps }: Axis): Series[] {
  if (level === undefined) return [];
  return [{ ...{ name, color: "var(--text-muted)", dash: "2 3" }, values: Array(steps).fill(level) }];
}

/** From the interval of the switch on: before it nothing is held against it. */
function limitSeries(limit: number | undefined, axis: Axis): Series[] {
  if (limit === undefined) return [];
  const since = Math.floor((axis.switchedAtMs - axis.fromMs) / axis.stepMs);
  return [
    {
      ...{ name: "may be", color: "var(--degraded)", dash: "6 3" },
      values: Array.from({ length: axis.steps }, (_, step) => (step >= since ? limit : undefined)),
    },
  ];
}
