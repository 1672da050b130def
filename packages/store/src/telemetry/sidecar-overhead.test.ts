import { metricNames } from "@weir/domain";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { knowsService } from "./knows-service.ts";
import { cart, sampleMetric, sampleMs, sampleRequest } from "./sample-records.ts";
import { sidecarOverhead } from "./sidecar-overhead.ts";

const cartName = { namespace: "shop", service: "cart" };
const window = { fromMs: sampleMs, toMs: sampleMs + 600_000 };

/** Buckets 16 to a doubling: -160 holds what takes about 1 ms, -112 about 8 ms. */
const overhead = (reporter: string, atMs: number, counts: Record<number, number>, zeroCount = 0) =>
  sampleMetric({
    ...{ timeMs: sampleMs + atMs, name: metricNames.overhead, kind: "exponential-histogram/delta" },
    attributes: { "weir.reporter": reporter },
    value: undefined,
    histogram: {
      zeroCount,
      positive: { indexes: Object.keys(counts).map(Number), counts: Object.values(counts) },
    },
  });

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  const metricPoints = [
    overhead("destination", 1_000, { [-160]: 60 }),
    { ...overhead("destination", 300_000, { [-160]: 30, [-112]: 10 }), service: { ...cart, version: "v2" } },
    overhead("source", 2_000, { [-112]: 4 }, 6),
    overhead("source", 600_000, { [-112]: 99 }),
    { ...overhead("destination", 1_000, { [-112]: 99 }), service: { ...cart, name: "payments" } },
    { ...overhead("destination", 1_000, { [-112]: 99 }), name: "other.duration" },
  ];
  await commitTelemetry(sql, { requests: [sampleRequest({ metricPoints })] }, createTelemetryCaches());
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

test("what arrived and what was called, of all versions, apart from each other", async () => {
  const { arriving, calling, fromMs } = await sidecarOverhead(sql, cartName, window, { budgetMs: 60_000 });
  expect(arriving.requests).toBe(100);
  expect(arriving.p50).toBeCloseTo(0.001, 4);
  expect(arriving.p95).toBeCloseTo(0.008, 3);
  expect(calling.requests).toBe(10);
  expect(calling.p50).toBeLessThan(1e-9);
  expect(calling.p95).toBeCloseTo(0.008, 3);
  expect(fromMs).toBe(window.fromMs);
});

test("a service whose sidecars told of nothing has no added time, not one of zero", async () => {
  const later = { fromMs: sampleMs + 700_000, toMs: sampleMs + 800_000 };
  const { arriving } = await sidecarOverhead(sql, cartName, later, { budgetMs: 60_000 });
  expect(arriving).toEqual({ requests: 0, p50: undefined, p95: undefined });
});

test("when time runs out the newest was read, and it is told from when on", async () => {
  let now = 0;
  const clock = () => now++;
  const { fromMs } = await sidecarOverhead(sql, cartName, window, { budgetMs: 4, clock });
  expect(fromMs).toBeGreaterThan(window.fromMs);
  expect(fromMs).toBeLessThan(window.toMs);
});

test("a service is known once telemetry told of it", async () => {
  expect(await knowsService(sql, cartName)).toBe(true);
  expect(await knowsService(sql, { namespace: "shop", service: "nobody" })).toBe(false);
});
