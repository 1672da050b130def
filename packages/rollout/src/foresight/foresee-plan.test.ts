import { describe, expect, test } from "vitest";
import { judgeComparison } from "../analysis/judge-comparison.ts";
import { analysisSettings } from "../analysis/settings.ts";
import { observePair, startComparison } from "../analysis/share-comparison.ts";
import { minuteMs, planOf } from "../testing/plans.ts";
import { foreseePlan } from "./foresee-plan.ts";

const busy = { requestsPerS: 100, failureShare: 0.01 };
const onlyErrors = { checks: { successRate: { margin: 0.01 } } };

/** Canary requests until averages, observed every ten seconds, pass the step: what `needed` foretells. */
function requestsUntilPassed(weight: number): number {
  const settings = analysisSettings(planOf(onlyErrors)).successRate!;
  const rate = (share: number) => ({ requests: 1_000 * share, hits: 1_000 * share * busy.failureShare });
  const pair = { canary: rate(weight / 100), baseline: rate(1 - weight / 100) };
  let comparison = startComparison(settings);
  for (let looks = 1; looks < 10_000; looks++) {
    comparison = observePair(comparison, pair, 10_000, settings);
    if (judgeComparison(comparison, settings).verdict === "no worse") return comparison.all.canary.requests;
  }
  throw new Error("never passed");
}

test.each([5, 10, 50])("at %i % the requests that are foreseen are about those that it takes", (weight) => {
  const plan = planOf({
    ...onlyErrors,
    steps: [
      { weight, forMs: minuteMs },
      { weight: 100, forMs: 0 },
    ],
  });
  const needed = foreseePlan(plan, busy)[0]?.checks[0]?.needed ?? 0;
  const taken = requestsUntilPassed(weight);
  expect(taken / needed).toBeGreaterThan(0.7);
  expect(taken / needed).toBeLessThan(1.5);
});

describe("a step takes its time, and longer where its requests do not come in it", () => {
  const stepOf = (step: object, traffic = busy) =>
    foreseePlan(planOf({ ...onlyErrors, steps: [step, { weight: 100, forMs: minuteMs }] }), traffic)[0]!;

  test("requests of the canary are its share of all", () => {
    expect(stepOf({ weight: 10, forMs: minuteMs }).requests).toBeCloseTo(600);
    expect(stepOf({ mirror: 50, forMs: minuteMs }).requests).toBeCloseTo(3_000);
    expect(stepOf({ weight: 0, forMs: minuteMs })).toMatchObject({ requests: 0, checks: [], wanted: 0 });
  });

  test("a long step takes what it says, a short one what its comparison needs", () => {
    expect(stepOf({ weight: 10, forMs: 3_600_000 }).likelyMs).toBe(3_600_000);
    const short = stepOf({ weight: 10, forMs: 1_000 });
    expect(short.likelyMs).toBeCloseTo((short.wanted! / 10) * 1_000);
    expect(stepOf({ weight: 10, forMs: 1_000, minRequests: 50_000 }).likelyMs).toBeCloseTo(5_000_000);
  });

  test("more time sees smaller effects", () => {
    const effect = (forMs: number) => stepOf({ weight: 10, forMs }).checks[0]!.smallestEffect!;
    expect(effect(10 * minuteMs)).toBeGreaterThan(effect(60 * minuteMs));
  });

  test.each([
    ["without traffic", { weight: 10, forMs: minuteMs }, { requestsPerS: 0, failureShare: 0 }],
    ["where somebody has to approve", { weight: 10, forMs: minuteMs, approval: true }, busy],
    ["where a match chooses the requests", { match: [{ method: "GET" }], forMs: minuteMs }, busy],
  ])("%s nobody can say how long it takes", (_, step, traffic) => {
    expect(stepOf(step, traffic).likelyMs).toBeUndefined();
  });
});
