import { type EdgePoint, statusClasses } from "@weir/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";
import { createCaller, router } from "../trpc.ts";
import { check } from "./check.ts";

const toMs = Date.UTC(2026, 10, 1, 10);
const plan = { namespace: "shop", targetRef: "payments", baseline: "v1" };

let mesh: ConsoleForTest;
beforeAll(async () => {
  mesh = await consoleForTest();
  const point = (timeMs: number, requests: number, change: Partial<EdgePoint> = {}): EdgePoint => ({
    ...{ timeMs, reporter: "source", protocol: "grpc", method: "POST", statusClass: 2, flag: "" },
    source: { namespace: "shop", service: "cart", version: "v1" },
    destination: { namespace: "shop", service: "payments", version: "v1" },
    ...{ requests, requestBytes: 0, responseBytes: 0, durationSumSeconds: 0, exemplars: [] },
    ...{ histogram: { indexes: [-70], counts: [requests] }, ...change },
  });
  const v2 = { destination: { namespace: "shop", service: "payments", version: "v2" } };
  await mesh.commit({
    edgePoints: Array.from({ length: 90 }, (_, n) => toMs - 900_000 + (n + 1) * 10_000).flatMap((timeMs) => [
      point(timeMs, 76),
      point(timeMs, 3, { statusClass: statusClasses.grpcError }),
      point(timeMs, 1, { statusClass: 5 }),
      point(timeMs, 20, { ...v2, statusClass: 5 }),
    ]),
  });
});
afterAll(() => mesh.close());

const checked = (change: object) => {
  const { check: ask } = createCaller(router({ check }))({ ...mesh.context, now: () => toMs });
  const steps = [{ weight: 100, forMs: 60_000 }];
  return ask({ plan: { ...plan, name: "payments-v2", canary: "v2", steps, ...change } });
};

test("all of a service's requests make its rate, and what fails of the baseline's, by HTTP or gRPC, its share", async () => {
  const { foreseen } = await checked({});
  expect(foreseen?.traffic.requestsPerS).toBeCloseTo(10, 6);
  expect(foreseen?.traffic.failureShare).toBeCloseTo(0.05, 6);
});

test("without requests there is neither", async () => {
  const { foreseen } = await checked({ targetRef: "stock" });
  expect(foreseen?.traffic).toEqual({ requestsPerS: 0, failureShare: 0, overMs: 300_000 });
});

test("a plan that these requests do not bring to its end in time is warned of, one of larger weights is not", async () => {
  const codesOf = async (first: number) => {
    const steps = [first, 100].map((weight) => ({ weight, forMs: 60_000 }));
    const { findings } = await checked({ steps, maxDurationMs: 3_600_000 });
    return findings.map(({ code, severity }) => `${severity} ${code}`);
  };
  // Nobody has registered the service, which is told as ever.
  expect(await codesOf(1)).toEqual(["error unknown-service", "warning pauses-early"]);
  expect(await codesOf(50)).toEqual(["error unknown-service"]);
});
