import { expect, test } from "vitest";
import { decidedShares, observedShares } from "./shares.ts";
import { requestsSince, slotsOf } from "./traffic-view.ts";

test("no requests are no shares, not shares of zero", () => {
  expect(observedShares([{ version: "v1", requests: 0 }])).toEqual([]);
  expect(
    observedShares([
      { version: "v1", requests: 3 },
      { version: "v2", requests: 1 },
    ]),
  ).toEqual([
    { version: "v1", share: 0.75 },
    { version: "v2", share: 0.25 },
  ]);
});

test("decisions that chose no version do not count", () => {
  const verdicts = [
    { verdict: "version=v2", evaluated: 20 },
    { verdict: "version=v1", evaluated: 60 },
    { verdict: "shadowed", evaluated: 500 },
    { verdict: "version=v2", evaluated: 20 },
  ];
  expect(decidedShares(verdicts)).toEqual([
    { version: "v1", share: 0.6 },
    { version: "v2", share: 0.4 },
  ]);
});

const point = (atMs: number, requests: number) => ({
  atMs,
  seconds: 10,
  requests,
  errors: 0,
  p50: undefined,
  p95: undefined,
  p99: undefined,
});
const version = (name: string, series: ReturnType<typeof point>[]) => ({
  ...point(0, 0),
  version: name,
  share: undefined,
  series,
});

test("the series of versions become one row an interval", () => {
  const split = {
    coveredSeconds: 20,
    versions: [version("v1", [point(0, 5), point(10, 0)]), version("v2", [point(0, 1), point(10, 0)])],
  };
  expect(slotsOf(split)).toEqual([
    { atMs: 0, requests: { v1: 5, v2: 1 } },
    { atMs: 10, requests: {} },
  ]);
});

test("only intervals that began after the last change count for it", () => {
  const slots = [10, 20, 30].map((atMs) => ({ atMs, requests: { v1: 1 } }));
  const window = { fromMs: 0, toMs: 40 };
  expect(requestsSince(slots, undefined, window).requests).toEqual({ v1: 3 });
  expect(requestsSince(slots, 15, window)).toEqual({ fromMs: 15, requests: { v1: 2 } });
});
