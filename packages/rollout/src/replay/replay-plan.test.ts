import { randomLcg } from "d3-random";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pastTrafficOf } from "../testing/past-hour.ts";
import { minuteMs, planOf } from "../testing/plans.ts";
import type { Degradation } from "./degradation.ts";
import { type PlanReplay, replayPlan } from "./replay-plan.ts";

const climbing = planOf({ steps: [5, 10, 50, 100].map((weight) => ({ weight, forMs: 3 * minuteMs })) });
const usual = pastTrafficOf(100);

function replay(
  degradation: Degradation,
  { plan = climbing, traffic = usual, runs = 60, seed = 0.1 } = {},
): PlanReplay {
  return replayPlan({ plan, traffic, degradation }, runs, randomLcg(seed))!;
}

describe("a canary as good as the baseline", () => {
  test("is taken back no more often than the plan's level, and comes to its end", () => {
    const { runs, takenBack, stopped, passed, suffered } = replay({}, { runs: 300 });
    expect(runs).toBe(111);
    expect(takenBack + stopped).toBeLessThanOrEqual(climbing.checks.level * runs);
    expect(passed).toBe(runs - takenBack - stopped);
    expect(suffered.p90).toBe(0);
  });

  test("passes each step in order, none before its time", () => {
    const { enteredMs, passedMs } = replay({});
    expect(enteredMs[0]).toBe(0);
    const ends = [...enteredMs.slice(1), passedMs?.median];
    ends.forEach((end, at) => {
      expect(end! - enteredMs[at]!).toBeGreaterThanOrEqual(3 * minuteMs);
    });
  });

  test("an incident of the past hits both versions, and is held against neither", () => {
    const slots = usual.slots.map((slot, at) => (at >= 30 && at < 60 ? { ...slot, failures: 80 } : slot));
    const { takenBack } = replay({}, { traffic: { ...usual, slots } });
    expect(takenBack).toBe(0);
  });
});

describe("a canary that does harm", () => {
  test("is caught in an early step; few suffer of those who would have, had all gone to it at once", () => {
    const { runs, takenBack, caught, caughtMs, suffered, reached, straight } = replay({
      errors: { points: 0.05 },
    });
    expect(takenBack).toBe(runs);
    expect(caught.every(({ step, by }) => step <= 1 && by === "successRate")).toBe(true);
    expect(caughtMs!.p90).toBeLessThan(5 * minuteMs);
    expect(suffered.median).toBeGreaterThan(0.02 * reached.median);
    expect(suffered.median).toBeLessThan(0.08 * reached.median);
    expect(straight.reached).toBe(360_000);
    expect(straight.suffered / straight.reached).toBeCloseTo(0.05, 3);
  });

  test.each<{ what: string; harm: Degradation; by: string }>([
    { what: "fails ten times as often", harm: { errors: { times: 10 } }, by: "successRate" },
    { what: "takes three times as long", harm: { latency: { times: 3 } }, by: "latency" },
    { what: "takes 200 ms longer", harm: { latency: { addedMs: 200 } }, by: "latency" },
  ])("that $what is caught by $by", ({ harm, by }) => {
    const { takenBack, runs, caught } = replay(harm);
    expect(takenBack).toBe(runs);
    expect(new Set(caught.map((one) => one.by))).toEqual(new Set([by]));
  });

  test("from a step on, is not caught before it", () => {
    const { caught, runs } = replay({ errors: { points: 0.1 }, fromStep: 2 });
    expect(caught).toHaveLength(runs);
    expect(caught.every(({ step }) => step === 2)).toBe(true);
  });

  test("that answers copies alone is caught before anybody suffers", () => {
    const steps = [
      { mirror: 20, forMs: 5 * minuteMs },
      { weight: 100, forMs: minuteMs },
    ];
    const { takenBack, runs, suffered, reached } = replay(
      { errors: { points: 0.1 } },
      { plan: planOf({ steps }) },
    );
    expect(takenBack).toBe(runs);
    expect([suffered.p90, reached.p90]).toEqual([0, 0]);
  });

  test("is caught earlier the worse it is, and more often", () => {
    fc.assert(
      fc.property(
        fc.tuple(fc.double({ min: 0.01, max: 0.1, noNaN: true }), fc.double({ min: 2, max: 5, noNaN: true })),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        ([points, times], seed) => {
          const [mild, grave] = [points, points * times].map((each) =>
            replay({ errors: { points: each } }, { runs: 25, seed }),
          );
          expect(grave!.caught.length).toBeGreaterThanOrEqual(mild!.caught.length - 1);
          expect(grave!.caughtMs!.median).toBeLessThanOrEqual(
            mild!.caughtMs?.median ?? Number.POSITIVE_INFINITY,
          );
        },
      ),
      { numRuns: 12 },
    );
  });

  test("never reaches fewer than suffer, and nobody more than asked", () => {
    const harm = fc.record({
      errors: fc.record({ points: fc.double({ min: 0, max: 1, noNaN: true }) }),
      latency: fc.record({ times: fc.double({ min: 1, max: 20, noNaN: true }) }),
    });
    fc.assert(
      fc.property(harm, (degradation) => {
        const { reached, suffered, straight, caught, takenBack, stopped, passed, unfinished, runs } = replay(
          degradation,
          { runs: 5, traffic: pastTrafficOf(20) },
        );
        expect(suffered.median).toBeLessThanOrEqual(reached.median);
        expect(reached.p90).toBeLessThanOrEqual(straight.reached);
        expect(takenBack + stopped + passed + unfinished).toBe(runs);
        expect(caught).toHaveLength(takenBack + stopped);
      }),
      { numRuns: 30 },
    );
  });
});

test("the same numbers give the same answer, and others another", () => {
  const harm = { errors: { points: 0.02 } };
  expect(replay(harm)).toEqual(replay(harm));
  expect(replay(harm).caught).not.toEqual(replay(harm, { seed: 0.2 }).caught);
});

test("too little traffic is neither caught nor passed, and says what it waits for", () => {
  const { unfinished, runs, waiting } = replay({}, { traffic: pastTrafficOf(1) });
  expect(unfinished).toBe(runs);
  expect(waiting).toMatchObject({ runs, step: 0, reason: expect.stringContaining("not enough evidence") });
});

test("a window shorter than the plan is gone through again", () => {
  const { windowMs, lengthMs, passed, runs } = replay({}, { traffic: pastTrafficOf(100, 0.01, 60) });
  expect([windowMs, lengthMs]).toEqual([10 * minuteMs, 24 * minuteMs]);
  expect(passed).toBe(runs);
});

test("approvals are given at once, and testers leave the split uncompared", () => {
  const steps = climbing.steps.map((step) => ({ ...step, approval: true }));
  const { passed, runs } = replay({}, { plan: planOf({ steps, testers: [{ path: { exact: "/" } }] }) });
  expect(passed).toBe(runs);
});

test("of a window without a request nothing can be said", () => {
  expect(replayPlan({ plan: climbing, traffic: pastTrafficOf(0), degradation: {} }, 10, randomLcg(0))).toBe(
    undefined,
  );
});

test("a plan of many days takes fewer runs, and no run all of its time", () => {
  const steps = [10, 100].map((weight) => ({ weight, forMs: 3 * 24 * 60 * minuteMs }));
  const plan = planOf({ steps, maxDurationMs: 8 * 24 * 60 * minuteMs });
  const { runs, lengthMs, unfinished } = replay(
    {},
    { plan, runs: 200, traffic: pastTrafficOf(10, 0.01, 60) },
  );
  expect([runs, lengthMs / 10_000, unfinished]).toEqual([20, 2_000, 20]);
});
