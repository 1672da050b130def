import { describe, expect, test } from "vitest";
import { samplesNeeded, smallestEffect } from "./sample-size.ts";
import { observePair, type ShareComparison, startComparison } from "./share-comparison.ts";
import { totalWealth } from "./wealth.ts";

const settings = {
  ...{ level: 0.01, passLevel: 0.05, margin: 0.02, horizonMs: 3_600_000 },
  differences: [0, 0.02],
};

/** Ticks of a hundred canary requests and nine hundred of the baseline, both with one hit in a hundred. */
function ticks(count: number, hits = 1): ShareComparison {
  let comparison = startComparison(settings);
  for (let tick = 0; tick < count; tick++) {
    const pair = { canary: { requests: 100, hits }, baseline: { requests: 900, hits: 9 } };
    comparison = observePair(comparison, pair, 10_000, settings);
  }
  return comparison;
}

describe("samplesNeeded", () => {
  test("is within a third of what it then takes", () => {
    const needed = samplesNeeded(ticks(1), settings)!;
    let count = 1;
    while (totalWealth(ticks(count).below[1]!) < 1 / settings.passLevel) count++;
    expect(needed / ((count - 1) * 100)).toBeGreaterThan(0.66);
    expect(needed / ((count - 1) * 100)).toBeLessThan(1.34);
  });

  test("falls as requests come, and is 0 after the margin is passed", () => {
    const needed = [1, 3, 5, 40].map((count) => samplesNeeded(ticks(count), settings)!);
    expect(needed).toEqual([...needed].sort((a, b) => b - a));
    expect(needed.at(-1)).toBe(0);
  });

  test("rises while the canary does worse", () => {
    expect(samplesNeeded(ticks(3, 4), settings)).toBeGreaterThan(samplesNeeded(ticks(1), settings)!);
  });
});

test("the smallest effect that could be seen becomes smaller with every request", () => {
  const effects = [2, 10, 100, 1_000].map((count) => smallestEffect(ticks(count), settings)!);
  expect(effects).toEqual([...effects].sort((a, b) => b - a));
  expect(effects.at(-1)).toBeLessThan(0.004);
});

test("a canary worse by the smallest effect is seen at about that time", () => {
  const effect = smallestEffect(ticks(30), settings)!;
  const hits = Math.round((0.01 + effect) * 100);
  expect(totalWealth(ticks(20, hits).above[0]!)).toBeLessThan(1 / settings.level);
  expect(totalWealth(ticks(45, hits).above[0]!)).toBeGreaterThan(1 / settings.level);
});

test("nothing is told before both versions had requests", () => {
  const none = startComparison(settings);
  expect([samplesNeeded(none, settings), smallestEffect(none, settings)]).toEqual([undefined, undefined]);
});
