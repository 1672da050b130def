import { outsideMesh } from "@weir/domain";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import type { AccessLogRecord } from "./records.ts";
import { cartEnd, paymentsEnd, sampleAccessLog, sampleNs, sampleRequest } from "./sample-records.ts";
import { elsewhere, serviceRoutes } from "./service-routes.ts";

const sampleMs = Number(sampleNs / 1_000_000n);
const window = { fromMs: sampleMs, toMs: sampleMs + 600_000 };
const payments = { namespace: "shop", service: "payments" };
const unhurried = { budgetMs: 60_000 };

const requests = (count: number, change: Partial<AccessLogRecord>) =>
  Array.from({ length: count }, (_, i) =>
    sampleAccessLog({ timeNs: sampleNs + BigInt(i + 1) * 1_000_000_000n, ...change }),
  );

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  const accessLogs = [
    ...requests(8, { durationNs: 10_000_000n }),
    ...requests(2, { status: 503, durationNs: 80_000_000n }),
    // Three of the ten were tried twice.
    ...requests(13, { reporter: "destination", destination: { ...paymentsEnd, version: "v2" } }),
    ...requests(5, { reporter: "destination", source: outsideMesh, path: "/refund all" }),
    ...requests(1, { path: "/refused", status: 429 }),
    ...requests(9, { destination: cartEnd }),
  ];
  await commitTelemetry(sql, { requests: [sampleRequest({ accessLogs })] }, createTelemetryCaches());
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

test("effective rates stand against actual ones: retries, what came from outside, and what never left", async () => {
  const { routes, count, fromMs } = await serviceRoutes(sql, payments, window, 10, unhurried);
  expect(routes).toMatchObject([
    {
      method: "POST",
      path: "/pay",
      effective: { requests: 10, errors: 2 },
      actual: { requests: 13, errors: 0 },
    },
    { path: "/refund all", effective: { requests: 5, errors: 0 }, actual: { requests: 5, errors: 0 } },
    { path: "/refused", effective: { requests: 1, errors: 0 }, actual: { requests: 0, errors: 0 } },
  ]);
  expect(routes[0]?.p50).toBeCloseTo(0.01, 3);
  expect(routes[0]?.p95).toBeCloseTo(0.08, 2);
  expect([count, fromMs]).toEqual([3, window.fromMs]);
});

test("a limit leaves out the quiet ones and tells how many there are", async () => {
  const { routes, count } = await serviceRoutes(sql, payments, window, 1, unhurried);
  expect([routes.map(({ path }) => path), count]).toEqual([["/pay"], 3]);
});

test("paths beyond the busiest are put together, and nothing of them is lost", async () => {
  const whole = await serviceRoutes(sql, payments, window, 10, unhurried);
  const { routes } = await serviceRoutes(sql, payments, window, 10, { ...unhurried, clock: () => 0 }, 1);
  expect(routes.map(({ method, path }) => [method, path])).toContainEqual([elsewhere, elsewhere]);
  const sum = (of: typeof routes) =>
    of.reduce((total, { effective, actual }) => total + effective.requests + (actual?.requests ?? 0), 0);
  expect(sum(routes)).toBe(sum(whole.routes));
});

test("without a sidecar in front of the service nothing is known of what arrived", async () => {
  const cart = { namespace: "shop", service: "cart" };
  const { routes } = await serviceRoutes(sql, cart, window, 10, unhurried);
  expect(routes).toMatchObject([{ effective: { requests: 9 }, actual: undefined }]);
});
