import { expect, test } from "vitest";
import { mergeVerdicts } from "./merge-verdicts.ts";
import { decidedShares, observedShares } from "./shares.ts";
import { firstSlotAfter, newestRequests, slotsOf } from "./traffic-view.ts";

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
    { verdict: "redirect=302", evaluated: 500 },
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

test.each`
  changedAtMs | first     | why
  ${10_000}   | ${20_000} | ${"reported with the interval that ends at 20 s may be what came before"}
  ${10_001}   | ${30_000} | ${"the change fell into the interval from 10 to 20 s"}
`("a change at $changedAtMs ms shows clean from $first on: $why", ({ changedAtMs, first }) => {
  expect(firstSlotAfter(changedAtMs)).toBe(first);
});

test("only what is young counts, and while nothing is, the newest there is", () => {
  const slots = [
    { atMs: 10, requests: { v1: 9 } },
    { atMs: 20, requests: { v1: 1, v2: 1 } },
    { atMs: 30, requests: { v2: 2 } },
    { atMs: 40, requests: {} },
  ];
  expect(newestRequests(slots, 20)).toEqual({ v1: 1, v2: 3 });
  expect(newestRequests(slots, 40)).toEqual({ v2: 2 });
  expect(newestRequests([], 0)).toEqual({});
});

test("verdicts of several revisions are one row a mode", () => {
  const counts = { evaluated: 10, wouldAct: 4, acted: 0 };
  const row = { verdict: "version=v2", mode: "observe", ...counts };
  expect(
    mergeVerdicts([
      { ...row, revision: 1 },
      { ...row, revision: 2, mode: "enforce", acted: 4, evaluated: 30 },
      { ...row, revision: 2 },
    ]),
  ).toEqual([
    { ...row, mode: "enforce", acted: 4, evaluated: 30 },
    { ...row, evaluated: 20, wouldAct: 8 },
  ]);
});
