import { expect, test } from "vitest";
import { actsSeries, failedSeries, momentsOf, p99Series, rateSeries, shareOfAxis } from "./course-series.ts";

/** Four slots of ten seconds, switched in the third. */
const axis = { fromMs: 0, stepMs: 10_000, steps: 4, switchedAtMs: 23_000 };
const valuesOf = (series: readonly { readonly name: string; readonly values: readonly unknown[] }[]) =>
  Object.fromEntries(series.map(({ name, values }) => [name, values]));
const none = undefined;

test("a policy's deeds before and since, held against what was predicted and may be", () => {
  const step = { observed: 0, wouldAct: 0, enforced: 0, acted: 0 };
  const course = {
    ...{ namespace: "shop", policy: "limit", predicted: 0.1, limit: 0.3 },
    steps: [
      { ...step, observed: 10, wouldAct: 1 },
      step,
      { observed: 5, wouldAct: 1, enforced: 4, acted: 1 },
      { ...step, enforced: 10, acted: 5 },
    ],
  };
  expect(valuesOf(actsSeries(course, axis))).toEqual({
    "would act": [0.1, none, 0.2, none],
    acts: [none, none, 0.25, 0.5],
    predicted: [0.1, 0.1, 0.1, 0.1],
    "may be": [none, none, 0.3, 0.3],
  });
  const alone = actsSeries({ ...course, predicted: none, limit: none }, axis);
  expect(alone.map(({ name }) => name)).toEqual(["would act", "acts"]);
});

test("golden signals are held against what they were", () => {
  const signals = {
    ...{ namespace: "shop", service: "cart", failures: { before: 0, limit: 0.02 }, p99: { before: 0.2 } },
    steps: [{ rps: 5, failed: 0, p99: 0.1 }, {}, { rps: 4, failed: 0.5, p99: 2 }, {}],
  };
  expect(valuesOf(failedSeries(signals, axis))).toEqual({
    ...{ failed: [0, none, 0.5, none], before: [0, 0, 0, 0], "may be": [none, none, 0.02, 0.02] },
  });
  expect(valuesOf(p99Series(signals, axis))).toEqual({
    ...{ p99: [0.1, none, 2, none], before: [0.2, 0.2, 0.2, 0.2] },
  });
  expect(valuesOf(rateSeries(signals))).toEqual({ rate: [5, none, 4, none] });
});

test("moments are the middles of intervals, and the switch stands between them", () => {
  const moments = momentsOf(axis);
  expect(moments).toEqual([5_000, 15_000, 25_000, 35_000]);
  expect(shareOfAxis(axis.switchedAtMs, 5_000, 35_000)).toBeCloseTo(0.6);
  expect([shareOfAxis(1_000, 5_000, 35_000), shareOfAxis(5_000, 5_000, 5_000)]).toEqual([none, none]);
});
