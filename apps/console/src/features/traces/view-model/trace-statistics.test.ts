import { expect, test } from "vitest";
import { spanTree } from "./span-tree.ts";
import { webSpan as span } from "./testing/web-span.ts";
import { sortStatistics, traceStatistics } from "./trace-statistics.ts";

const tree = spanTree([
  span("root", undefined),
  span("a", "root", { service: "cart", operation: "read", startNs: 10, durationNs: 20 }),
  // Outlives its caller: what lies beyond takes nothing from the caller's own time.
  span("b", "root", { service: "cart", operation: "write", startNs: 80, durationNs: 60, status: 2 }),
  span("c", "b", { service: "cart", operation: "read", startNs: 90, durationNs: 40 }),
]);

test("the spans of a service are counted, added up and ranked", () => {
  expect(traceStatistics(tree, "service")).toEqual([
    {
      ...{ key: "web\0", service: "web", operation: undefined, spans: 1, failed: 0, share: 60 / 140 },
      ...{ totalNs: 100, selfNs: 60, minNs: 100, averageNs: 100, p95Ns: 100, maxNs: 100 },
    },
    {
      ...{ key: "cart\0", service: "cart", operation: undefined, spans: 3, failed: 1, share: 80 / 140 },
      ...{ totalNs: 120, selfNs: 80, minNs: 20, averageNs: 40, p95Ns: 60, maxNs: 60 },
    },
  ]);
});

test.each`
  column       | descending | names
  ${"name"}    | ${false}   | ${["cart read", "cart write", "web GET"]}
  ${"selfNs"}  | ${true}    | ${["cart read", "web GET", "cart write"]}
  ${"totalNs"} | ${false}   | ${["cart read", "cart write", "web GET"]}
  ${"failed"}  | ${true}    | ${["cart write", "cart read", "web GET"]}
`("by operation, sorted by $column", ({ column, descending, names }) => {
  const rows = sortStatistics(traceStatistics(tree, "operation"), column, descending);
  expect(rows.map(({ service, operation }) => `${service} ${operation}`)).toEqual(names);
});

test("a trace that took no time has no shares", () => {
  const nothing = spanTree([span("root", undefined, { durationNs: 0 })]);
  expect(traceStatistics(nothing, "service")[0]).toMatchObject({ share: 0, averageNs: 0 });
});
