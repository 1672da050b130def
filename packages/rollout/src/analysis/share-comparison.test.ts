import { describe, expect, test } from "vitest";
import { drawHits } from "../testing/draw-hits.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { differencesFor } from "./differences.ts";
import { judgeComparison } from "./judge-comparison.ts";
import {
  type ComparisonSettings,
  observePair,
  type ShareComparison,
  startComparison,
  startComparisonStep,
} from "./share-comparison.ts";

const settings: ComparisonSettings = {
  ...{ level: 0.01, passLevel: 0.05, margin: 0.01, horizonMs: 3_600_000 },
  differences: differencesFor(0.01),
};

/** Ticks of a second, with as many hits as there are on average: ten requests of the canary, ninety of the baseline. */
function after(seconds: number, canary: number, baseline: number, from = startComparison(settings)) {
  let comparison = from;
  for (let second = 1; second <= seconds; second++) {
    const hits = (requests: number, share: number) =>
      Math.floor(requests * share * second) - Math.floor(requests * share * (second - 1));
    const pair = {
      canary: { requests: 10, hits: hits(10, canary) },
      baseline: { requests: 90, hits: hits(90, baseline) },
    };
    comparison = observePair(comparison, pair, 1_000, settings);
  }
  return comparison;
}

const judged = (comparison: ShareComparison) => judgeComparison(comparison, settings);

describe("verdict", () => {
  test.each`
    seconds | canary   | baseline | verdict
    ${0}    | ${0}     | ${0}     | ${"not enough evidence"}
    ${20}   | ${0}     | ${0}     | ${"not enough evidence"}
    ${60}   | ${0}     | ${0}     | ${"no worse"}
    ${30}   | ${0.01}  | ${0.01}  | ${"not enough evidence"}
    ${600}  | ${0.01}  | ${0.01}  | ${"no worse"}
    ${600}  | ${0.001} | ${0.01}  | ${"better"}
    ${600}  | ${0.02}  | ${0.01}  | ${"worse"}
    ${20}   | ${0.1}   | ${0.01}  | ${"worse"}
    ${60}   | ${0.25}  | ${0.25}  | ${"not enough evidence"}
    ${600}  | ${0.5}   | ${0.25}  | ${"worse"}
    ${60}   | ${1}     | ${0}     | ${"worse"}
  `("after $seconds s of $canary against $baseline: $verdict", ({ seconds, canary, baseline, verdict }) => {
    expect(judged(after(seconds, canary, baseline)).verdict).toBe(verdict);
  });

  test("takes three ticks to be worse, be they ever so bad", () => {
    const disaster = { canary: { requests: 1_000, hits: 1_000 }, baseline: { requests: 9_000, hits: 0 } };
    let comparison = startComparison(settings);
    const found = [1, 2, 3].map(() => {
      comparison = observePair(comparison, disaster, 1_000, settings);
      return judged(comparison).verdict;
    });
    expect(found).toEqual(["not enough evidence", "not enough evidence", "worse"]);
  });
});

describe("interval", () => {
  test("holds the difference that there is, and narrows", () => {
    const widths = [60, 600, 6_000].map((seconds) => {
      const { low, high } = judged(after(seconds, 0.03, 0.025)).interval;
      expect(low).toBeLessThan(0.005);
      expect(high).toBeGreaterThan(0.005);
      return high - low;
    });
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
    expect(widths[2]).toBeLessThan(0.015);
  });

  test("agrees with the verdict: worse where all of it is above zero", () => {
    const { verdict, interval } = judged(after(900, 0.02, 0.01));
    expect(verdict).toBe("worse");
    expect(interval.low).toBeGreaterThanOrEqual(0);
  });
});

test("a version without requests is waited for, and nothing of the other is lost", () => {
  const alone = { canary: { requests: 0, hits: 0 }, baseline: { requests: 90, hits: 1 } };
  const both = { canary: { requests: 10, hits: 0 }, baseline: { requests: 90, hits: 1 } };
  const waiting = observePair(startComparison(settings), alone, 1_000, settings);
  expect(waiting.above).toEqual(startComparison(settings).above);
  const together = { canary: both.canary, baseline: { requests: 180, hits: 2 } };
  expect(observePair(waiting, both, 1_000, settings)).toEqual(
    observePair(startComparison(settings), together, 2_000, settings),
  );
});

test("a step begins without what let the one before pass, and with what spoke of harm", () => {
  const passed = after(600, 0.01, 0.01);
  const next = startComparisonStep(passed);
  expect(judged(next).verdict).toBe("not enough evidence");
  expect(judged(next).inStep.canary.requests).toBe(0);
  expect(judged(next).all).toEqual(judged(passed).all);
  expect(judged(next).harm).toEqual(judged(passed).harm);
});

test("kept as JSON it goes on as if nothing had happened", () => {
  const half = after(100, 0.02, 0.01);
  const kept: ShareComparison = JSON.parse(JSON.stringify(half));
  expect(after(100, 0.02, 0.01, kept)).toEqual(after(100, 0.02, 0.01, half));
});

describe("of healthy canaries, watched after every tick", () => {
  const loose = { ...settings, level: 0.1, differences: [0, 0.01] };

  test.each`
    shares                                                          | bunch | why
    ${() => 0.05}                                                   | ${1}  | ${"a share that stays"}
    ${(second: number) => 0.01 + 0.2 * (second % 200 < 40 ? 1 : 0)} | ${1}  | ${"incidents that come and go"}
    ${() => 0.05}                                                   | ${5}  | ${"failures that come five at a time"}
  `("no more than the level are ever called worse: $why", ({ shares, bunch }) => {
    const random = seededRandom(7);
    let wronged = 0;
    for (let run = 0; run < 400; run++) {
      let comparison = startComparison(loose);
      for (let second = 0; second < 300; second++) {
        const arm = (requests: number) => ({
          requests,
          hits: bunch * drawHits(requests / bunch, shares(second), random),
        });
        comparison = observePair(comparison, { canary: arm(10), baseline: arm(90) }, 1_000, loose);
        if (judgeComparison(comparison, loose).verdict === "worse") {
          wronged++;
          break;
        }
      }
    }
    expect(wronged / 400).toBeLessThanOrEqual(0.1);
  });
});
