import type { Evidence } from "@weir/rollout";
import type { CoursePoint } from "@weir/store";

/** Of all comparisons together. */
export const mostPoints = 240;

/** With what evidence says now; past {@link mostPoints} every other point is left out, the newest never. */
export function extendCourse(
  course: readonly CoursePoint[],
  { comparisons, step }: Evidence,
  atMs: number,
): readonly CoursePoint[] {
  const now = comparisons.map(
    ({ check, interval, inStep: { canary, baseline } }): CoursePoint => ({
      ...{ atMs, step, check, low: interval.low, high: interval.high },
      canary: shareOf(canary),
      baseline: shareOf(baseline),
    }),
  );
  const all = [...course, ...now];
  return all.length <= mostPoints ? all : thinned(all);
}

function thinned(points: readonly CoursePoint[]): CoursePoint[] {
  const kept = [...Map.groupBy(points, ({ check }) => check).values()].flatMap((own) =>
    own.filter((_, at) => (own.length - 1 - at) % 2 === 0),
  );
  return kept.sort((a, b) => a.atMs - b.atMs);
}

function shareOf({
  requests,
  hits,
}: {
  readonly requests: number;
  readonly hits: number;
}): number | undefined {
  return requests === 0 ? undefined : hits / requests;
}
