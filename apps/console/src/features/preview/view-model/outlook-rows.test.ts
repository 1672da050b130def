import { expect, test } from "vitest";
import type { EdgeOutlook } from "../../../server/preview/observed-schemas.ts";
import { edgeKeys, groupRange, isFound, judgedRequests, sortRows, sumRange, totals } from "./outlook-rows.ts";

const edge = (service: string, refused: number, touched: number): EdgeOutlook => ({
  source: { namespace: "shop", service },
  destination: { namespace: "shop", service: "payments" },
  requests: 100,
  effects: [],
  refused: { atLeast: 0, atMost: refused },
  touched: { atLeast: touched, atMost: touched },
});

test("a sum of which one part has no end has none", () => {
  expect(
    sumRange([
      { atLeast: 1, atMost: 2 },
      { atLeast: 3, atMost: 3 },
    ]),
  ).toEqual({ atLeast: 4, atMost: 5 });
  expect(sumRange([{ atLeast: 1 }, { atLeast: 3, atMost: 3 }])).toEqual({ atLeast: 4 });
});

test("effects of a group are put together", () => {
  const effects = [
    { effect: "denied", atLeast: 2, atMost: 2 },
    { effect: "overflowed", atLeast: 0, atMost: 3 },
    { effect: "mirrored", atLeast: 9, atMost: 9 },
  ] as const;
  expect(groupRange(effects, "refused")).toEqual({ atLeast: 2, atMost: 5 });
  expect(groupRange(effects, "uncertain")).toEqual({ atLeast: 0, atMost: 0 });
});

test("rows in the order of a column, and back", () => {
  const rows = [edge("web", 1, 9), edge("cart", 5, 5), edge("api", 3, 7)];
  const names = (column: keyof typeof edgeKeys, descending: boolean) =>
    sortRows(rows, edgeKeys[column], descending).map(({ source }) => source.service);
  expect(names("name", false)).toEqual(["api", "cart", "web"]);
  expect(names("refused", true)).toEqual(["cart", "api", "web"]);
  expect(names("changed", false)).toEqual(["cart", "api", "web"]);
});

test("totals count callers that would be refused something", () => {
  expect(totals({ edges: [edge("web", 1, 9), edge("cart", 0, 5)] })).toEqual({
    ...{
      requests: 200,
      refused: { atLeast: 0, atMost: 1 },
      touched: { atLeast: 14, atMost: 14 },
      callers: 1,
    },
  });
});

test("requests that no policy would change are among those that were judged, each once", () => {
  const policy = (...callers: [service: string, judged: number][]) => ({
    ...{ namespace: "shop", name: "limit", targetRef: "payments", kind: "rateLimit" as const, revision: 1 },
    ...{ inForce: { mode: "observe", origin: "mesh" } as const, changedAtMs: 0, changedBy: "ada" },
    ...{ judged: 0, effects: [] },
    callers: callers.map(([service, judged]) => ({ namespace: "shop", service, judged, effects: [] })),
  });
  const policies = [policy(["web", 90], ["api", 30]), policy(["api", 40])];
  expect(judgedRequests({ edges: [edge("web", 1, 9)], policies })).toBe(140);
});

test("a row is found by any part of its words, in any case", () => {
  expect(isFound(["shop/cart", "denied"], " CART ")).toBe(true);
  expect(isFound(["shop/cart", "denied"], "limited")).toBe(false);
});
