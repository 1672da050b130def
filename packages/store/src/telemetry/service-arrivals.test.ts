import { outsideMesh } from "@weir/domain";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { cartEnd, paymentsEnd, sampleEdge, sampleMs, sampleRequest } from "./sample-records.ts";
import { serviceArrivals } from "./service-arrivals.ts";
import { nodeSignals, serviceTotals, totalBetween } from "./signals.ts";
import { topology } from "./topology.ts";

/** Ten minutes that begin inside an interval of 30 s, as do most. */
const window = { fromMs: sampleMs + 10_000, toMs: sampleMs + 610_000 };
const outside = { ...outsideMesh };
const spread = { indexes: [-80, -64, -48], counts: [50, 40, 10] };
const ratings = { namespace: "shop", service: "ratings", version: "v1" };

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  const edgePoints = [
    sampleEdge({ timeMs: sampleMs + 5_000, requests: 7 }), // before the window
    ...Array.from({ length: 60 }, (_, slot) =>
      sampleEdge({ timeMs: window.fromMs + (slot + 1) * 10_000, requests: 100, histogram: spread }),
    ),
    sampleEdge({ timeMs: sampleMs + 65_000, statusClass: 5, requests: 3 }),
    sampleEdge({ timeMs: sampleMs + 65_000, statusClass: 4, flag: "RL", requests: 2 }),
    sampleEdge({ timeMs: sampleMs + 95_000, destination: { ...paymentsEnd, version: "v2" }, requests: 11 }),
    sampleEdge({
      timeMs: sampleMs + 95_000,
      source: outside,
      destination: cartEnd,
      reporter: "destination",
      requests: 5,
    }),
    sampleEdge({
      timeMs: sampleMs + 95_000,
      source: cartEnd,
      destination: ratings,
      reporter: "span.client",
      requests: 4,
    }),
  ];
  await commitTelemetry(sql, { requests: [sampleRequest({ edgePoints })] }, createTelemetryCaches());
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

const arrivals = () => serviceArrivals(sql, window, 20);
const nameOf = ({ service }: { service: string }) => service;

test("counts are those of the map, added up over a service's callers and versions", async () => {
  const [{ arrivals: found, nodes, coveredSeconds }, map] = [await arrivals(), await topology(sql, window)];
  expect(found.map(nameOf).sort()).toEqual(
    [...new Set(map.edges.map(({ destination }) => destination.service))].sort(),
  );
  for (const own of found) {
    const edges = map.edges.filter(({ destination }) => destination.service === own.service);
    for (const key of ["requests", "errors", "clientErrors", "grpcErrors", "rps"] as const)
      expect([own.service, key, own[key]]).toEqual([
        own.service,
        key,
        edges.reduce((sum, edge) => sum + edge[key], 0),
      ]);
  }
  expect([nodes, coveredSeconds]).toEqual([map.nodes, map.coveredSeconds]);
  expect(found.find(({ service }) => service === "payments")).toMatchObject({
    ...{ requests: 6_016, errors: 3, clientErrors: 2, flags: { RL: 2 } },
  });
});

test("latencies are those of a service by itself", async () => {
  for (const { namespace, service, p50, p95, p99 } of (await arrivals()).arrivals) {
    const { whole } = await nodeSignals(sql, { namespace, service }, { ...window }, 1_000);
    expect([service, p50, p95, p99]).toEqual([service, whole.p50, whole.p95, whole.p99]);
  }
});

test("a course tells requests a second, also of intervals that the window cuts", async () => {
  const payments = (await arrivals()).arrivals.find(({ service }) => service === "payments");
  expect(payments?.course.length).toBe(21);
  expect(payments?.course.map((rps) => Math.round(rps * 30) / 30)).toEqual([
    ...[10, 10],
    expect.closeTo(10 + 5 / 30),
    expect.closeTo(10 + 11 / 30),
    ...Array(17).fill(10),
  ]);
});

test("totals are of exactly the window, of one service as of all, and nothing before it counts", async () => {
  const totals = await serviceTotals(sql, window);
  const { arrivals: found, coveredSeconds } = await arrivals();
  expect(totals.map(nameOf)).toEqual(found.map(nameOf).sort());
  for (const { namespace, service, requests, p99 } of found) {
    const all = totals.find((own) => own.service === service);
    expect(all, service).toMatchObject({ namespace, requests, p99, seconds: coveredSeconds });
    const one = await totalBetween(sql, { destination: { namespace, service } }, window);
    expect({ namespace, service, ...one }).toEqual(all);
  }
  // As one interval of those that people count time in, it would have begun before the first request of all.
  const { whole } = await nodeSignals(sql, { namespace: "shop", service: "payments" }, window, 1);
  const payments = totals.find(({ service }) => service === "payments");
  expect(whole.requests - (payments?.requests ?? 0)).toBe(7);
});

test("who wants no course gets none, and the same counts", async () => {
  const { arrivals: plain } = await serviceArrivals(sql, window);
  const { arrivals: found } = await arrivals();
  expect(plain).toEqual(found.map((own) => ({ ...own, course: [] })));
});
