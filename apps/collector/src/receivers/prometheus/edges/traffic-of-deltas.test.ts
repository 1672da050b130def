import fc from "fast-check";
import { expect, test } from "vitest";
import type { Answer, EdgeReport, Measure } from "../mesh/mesh-table.ts";
import { knownReportOf } from "../series/known-report.ts";
import type { SeriesDelta } from "../series/series-delta.ts";
import { totalOf } from "./bucket-counts.ts";
import { trafficOfDeltas } from "./traffic-of-deltas.ts";

const end = (service: string) => ({ namespace: "shop", service, version: "" });
const delta = (
  of: Measure["of"],
  answer: Answer,
  count: number,
  change: Partial<SeriesDelta & Measure> = {},
): SeriesDelta => {
  const report: EdgeReport = { reporter: "source", source: end("web"), destination: end("cart"), answer };
  const latency = { buckets: new Map(count > 0 ? [[-40, count]] : []), seconds: count / 10, exemplars: [] };
  return {
    report: knownReportOf(report),
    measure: { metric: "m", of, rank: change.rank ?? 0 },
    count,
    ...(of === "duration" ? { latency } : {}),
  };
};
const summaryOf = (...deltas: SeriesDelta[]) =>
  trafficOfDeltas(deltas).map(({ answer, requests, requestBytes, buckets }) => [
    answer.status,
    requests,
    totalOf(buckets),
    requestBytes,
  ]);
const ok: Answer = { protocol: "http", status: 200, flag: "" };
const grpc: Answer = { ...ok, protocol: "grpc" };
const failed: Answer = { ...ok, status: 500 };

test.each`
  deltas                                                                                                        | expected                                | why
  ${[delta("requests", ok, 6), delta("duration", ok, 6)]}                                                       | ${[[200, 6, 6, 0]]}                     | ${"both know the answer"}
  ${[delta("requests", ok, 6), delta("requests", failed, 2), delta("duration", {}, 8)]}                         | ${[[200, 6, 6, 0], [500, 2, 2, 0]]}     | ${"latencies go by the requests"}
  ${[delta("requests", ok, 6), delta("requests", failed, 2), delta("duration", { status: 500 }, 5)]}            | ${[[200, 6, 0, 0], [500, 2, 5, 0]]}     | ${"latencies go where they say"}
  ${[delta("requests", ok, 6), delta("requests", failed, 2), delta("requestBytes", {}, 800)]}                   | ${[[200, 6, 0, 600], [500, 2, 0, 200]]} | ${"bytes go by the requests"}
  ${[delta("requests", ok, 0), delta("requestBytes", {}, 100)]}                                                 | ${[[200, 0, 0, 100]]}                   | ${"bytes of requests that go on"}
  ${[delta("requests", ok, 0), delta("duration", {}, 1)]}                                                       | ${[[200, 0, 1, 0]]}                     | ${"the latency of a request that goes on"}
  ${[delta("requests", failed, 1), delta("duration", { status: 200 }, 1)]}                                      | ${[[500, 1, 0, 0], [200, 0, 1, 0]]}     | ${"an answer that no counter knows yet"}
  ${[delta("duration", ok, 4)]}                                                                                 | ${[[200, 4, 4, 0]]}                     | ${"latencies alone, with answers"}
  ${[delta("duration", {}, 4)]}                                                                                 | ${[]}                                   | ${"latencies alone, without answers"}
  ${[delta("requests", { ...grpc, grpcStatus: 0 }, 6), delta("requests", grpc, 2), delta("duration", grpc, 2)]} | ${[[200, 6, 0, 0], [200, 2, 2, 0]]}     | ${"the very same answer comes first"}
  ${[delta("requestBytes", {}, 7)]}                                                                             | ${[[200, 0, 0, 7]]}                     | ${"bytes alone are a connection's"}
  ${[delta("requests", ok, 5, { rank: 1 }), delta("requests", ok, 4, { rank: 0 })]}                             | ${[[200, 4, 0, 0]]}                     | ${"the better counter counts"}
  ${[delta("requests", ok, 5, { rank: 1 }), delta("requests", ok, 0, { rank: 0 })]}                             | ${[]}                                   | ${"even when it counted nothing"}
  ${[delta("requests", ok, 0), delta("duration", ok, 0), delta("requestBytes", ok, 0)]}                         | ${[]}                                   | ${"nothing is nothing"}
`("$why: $expected", ({ deltas, expected }) => {
  expect(summaryOf(...deltas)).toEqual(expected);
});

test("whatever is told of an edge, sums are exact", () => {
  const status = fc.constantFrom(200, 300, 400, 500, 0);
  const counts = fc.array(fc.tuple(status, fc.nat({ max: 1000 })), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(counts, fc.nat({ max: 5000 }), fc.nat(), (requests, latencies, bytes) => {
      const all = trafficOfDeltas([
        ...requests.map(([own, count]) => delta("requests", { ...ok, status: own }, count)),
        delta("duration", {}, latencies),
        delta("requestBytes", {}, bytes),
      ]);
      expect(all.reduce((sum, own) => sum + own.requests, 0)).toBe(
        requests.reduce((sum, [, own]) => sum + own, 0),
      );
      expect(all.reduce((sum, own) => sum + totalOf(own.buckets), 0)).toBe(latencies);
      expect(all.reduce((sum, own) => sum + own.requestBytes, 0)).toBe(bytes);
      expect(all.reduce((sum, own) => sum + own.seconds, 0)).toBeCloseTo(latencies / 10, 6);
    }),
  );
});
