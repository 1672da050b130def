import { expect, test } from "vitest";
import { summarisePaths } from "./summarise-paths.ts";

function row(traceId: string, durationNs: number, services: string[], errors = 0) {
  return {
    ...{ traceId, durationNs, services, errors, service: "web", operation: "GET /cart", path: undefined },
    ...{ rootMissing: false, startMs: 0, spans: 3 },
  };
}

test("traces that began alike and touched the same services are one path, in whatever order these were named", () => {
  const summary = summarisePaths([
    row("a", 10, ["web", "cart", "stock"]),
    row("b", 30, ["stock", "cart", "web"], 2),
    row("c", 20, ["web", "stock", "cart"]),
    row("d", 90, ["web", "cart"]),
  ]);
  expect(
    summary.map(({ traces, failed, medianNs, longestNs, longestId }) => [
      traces,
      failed,
      medianNs,
      longestNs,
      longestId,
    ]),
  ).toEqual([
    [3, 1, 20, 30, "b"],
    [1, 0, 90, 90, "d"],
  ]);
  expect(summary[0]?.services).toEqual(["web", "cart", "stock"]);
});

test("no traces have no paths", () => {
  expect(summarisePaths([])).toEqual([]);
});
