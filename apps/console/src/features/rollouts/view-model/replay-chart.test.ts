import type { PlanReplay } from "@weir/rollout";
import { expect, test } from "vitest";
import { replayChart } from "./replay-chart.ts";

const minute = 60_000;
const steps = [10, 50, 100].map((weight) => ({ weight, forMs: 5 * minute }));
const spread = (median: number) => ({ median, p10: median, p90: median });
const replay = (given: Partial<PlanReplay>): PlanReplay => ({
  ...{ runs: 4, takenBack: 0, stopped: 0, passed: 0, unfinished: 0, caught: [], caughtMs: undefined },
  ...{
    passedMs: undefined,
    enteredMs: [0],
    reached: spread(1),
    suffered: spread(0),
    waiting: undefined,
    matchedShare: 0.01,
  },
  ...{ straight: { reached: 1, suffered: 0 }, windowMs: 60 * minute, lengthMs: 60 * minute, ...given },
});
const caughtAt = (...moments: number[]) => ({
  caught: moments.map((atMs) => ({ atMs, step: 0, by: "successRate" as const })),
  caughtMs: spread(moments.at(-1) ?? 0),
});

test("a healthy plan is drawn as its runs went through it, to its end", () => {
  const chart = replayChart(
    steps,
    replay({ enteredMs: [0, 6 * minute, 12 * minute], passed: 4, passedMs: spread(18 * minute) }),
  );
  expect([chart.endMs, chart.planEndMs, chart.bars]).toEqual([18 * minute, undefined, []]);
  expect(chart.stairs.map(({ left, height, isReached }) => [left * 18, height, isReached])).toEqual([
    [0, 0.1, true],
    [6, 0.5, true],
    [12, 1, true],
  ]);
});

test("of an early catch the time around it is drawn, and where the plan ends is told", () => {
  const chart = replayChart(steps, replay({ takenBack: 4, ...caughtAt(60_000, 60_000, 70_000, 80_000) }));
  expect([chart.endMs, chart.planEndMs]).toEqual([160_000, 15 * minute]);
  expect(chart.stairs).toMatchObject([{ index: 0, width: 1, isReached: true }]);
  expect(chart.bars.map(({ fromMs, runs, height }) => [fromMs, runs, height])).toEqual([
    [50_000, 2, 1],
    [60_000, 1, 0.5],
    [70_000, 1, 0.5],
  ]);
});

test("a step that nobody left stands until the time was over, and the rest follow it", () => {
  const chart = replayChart(steps, replay({ unfinished: 4, lengthMs: 30 * minute }));
  expect(chart.stairs.map(({ left, isReached }) => [Math.round(left * 40), isReached])).toEqual([
    [0, true],
    [30, false],
    [35, false],
  ]);
});

test.each([15_000, 200_000, 900_000, 9 * 3_600_000, 20 * 86_400_000])(
  "an axis of %i ms has few ticks, all on it",
  (forMs) => {
    const { ticks } = replayChart([{ weight: 100, forMs }], replay({}));
    expect(ticks.length).toBeGreaterThan(1);
    expect(ticks.length).toBeLessThanOrEqual(5);
    expect(ticks.every(({ left }) => left >= 0 && left <= 1)).toBe(true);
  },
);
