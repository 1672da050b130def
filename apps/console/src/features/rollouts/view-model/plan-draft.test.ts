import { type Step, usualChecks } from "@weir/rollout";
import { describe, expect, test } from "vitest";
import {
  addedAfter,
  canMove,
  canRemove,
  checksOf,
  moved,
  type PlanDraft,
  percentBounds,
  percentOf,
  removed,
  withFirst,
  withPercent,
  withStep,
} from "./plan-draft.ts";

const weights = (...all: readonly number[]): Step[] => all.map((weight) => ({ weight, forMs: 60_000 }));
const percents = (steps: readonly Step[]) => steps.map(percentOf);
const matching: Step = { match: [{ method: "GET" }], forMs: 0 };

test.each`
  moves            | at   | to     | percents
  ${"up"}          | ${1} | ${40}  | ${[5, 40, 50, 100]}
  ${"past it"}     | ${1} | ${90}  | ${[5, 49, 50, 100]}
  ${"below it"}    | ${1} | ${0}   | ${[5, 6, 50, 100]}
  ${"to nothing"}  | ${0} | ${-20} | ${[0, 25, 50, 100]}
  ${"not the end"} | ${3} | ${30}  | ${[5, 25, 50, 100]}
`("a weight that is dragged $moves stays between its neighbours", ({ at, to, percents: expected }) => {
  expect(percents(withPercent(weights(5, 25, 50, 100), at, to))).toEqual(expected);
});

test("copies may be any part of the requests", () => {
  const steps: Step[] = [{ mirror: 10, forMs: 0 }, ...weights(5, 100)];
  expect(percentBounds(steps, 0)).toEqual({ least: 1, most: 100 });
  expect(percents(withPercent(steps, 0, 80))).toEqual([80, 5, 100]);
  expect(percentBounds(steps, 1)).toEqual({ least: 0, most: 99 });
});

describe("steps are added and removed so that the plan stays one", () => {
  test("one more stands in the middle of its neighbours, as long as the one before", () => {
    expect(addedAfter(weights(10, 50, 100), 0)).toEqual(weights(10, 30, 50, 100));
    expect(percents(addedAfter(weights(10, 50, 100), 1))).toEqual([10, 50, 75, 100]);
  });

  test("there is none between neighbours, nor behind the end", () => {
    expect(percents(addedAfter(weights(10, 11, 100), 0))).toEqual([10, 11, 100]);
    expect(percents(addedAfter(weights(10, 100), 1))).toEqual([10, 100]);
  });

  test("the end stays", () => {
    expect(percents(removed(weights(10, 100), 0))).toEqual([100]);
    expect(canRemove(weights(100), 0)).toBe(false);
    expect(percents(removed(weights(100), 0))).toEqual([100]);
  });

  test("mirrors change places with mirrors, weights with nothing", () => {
    const steps: Step[] = [{ mirror: 10, forMs: 0 }, { mirror: 50, forMs: 0 }, ...weights(5, 100)];
    expect(percents(moved(steps, 0, 1))).toEqual([50, 10, 5, 100]);
    expect([canMove(steps, 1, 1), canMove(steps, 2, 1), canMove(steps, 0, -1)]).toEqual([
      false,
      false,
      false,
    ]);
    expect(moved(steps, 2, 1)).toEqual(steps);
  });

  test("a match comes before weights, a mirror before matches", () => {
    const steps = withFirst(weights(5, 100), matching);
    expect(steps).toEqual([matching, ...weights(5, 100)]);
    expect(percents(withFirst(steps, { mirror: 20, forMs: 0 }))).toEqual([20, 0, 5, 100]);
  });
});

test("a condition that is taken away is left out", () => {
  const [step] = withStep([{ weight: 100, forMs: 0, approval: true }], 0, { approval: undefined });
  expect(Object.keys(step ?? {})).toEqual(["weight", "forMs"]);
});

test("a plan that says nothing of checks has the usual ones, as the server has them", () => {
  expect(checksOf({} as PlanDraft)).toEqual(usualChecks);
  expect(checksOf({ checks: { latency: {} } } as PlanDraft)).toEqual({ latency: {} });
});
