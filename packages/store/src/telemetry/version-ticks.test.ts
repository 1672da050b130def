import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import type { EdgePoint } from "./records.ts";
import { sampleEdge, sampleMs } from "./sample-records.ts";
import { statusClasses } from "./status-classes.ts";
import { versionTicks } from "./version-ticks.ts";

const payments = { namespace: "shop", service: "payments" };
const outside = { namespace: "", service: "outside", version: "" };
const at = (version: string) => ({ ...payments, version });

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test", max: 2 });
  const of = (requests: number, change: Partial<EdgePoint>) =>
    sampleEdge({ requests, histogram: { indexes: [-100], counts: [requests] }, ...change });
  const slot = (n: number) => ({ timeMs: sampleMs + (n + 1) * 10_000 });
  const edgePoints = [
    of(90, { ...slot(0), destination: at("v1") }),
    of(2, { ...slot(0), destination: at("v1"), statusClass: 5 }),
    of(10, { ...slot(0), destination: at("v2") }),
    of(3, { ...slot(0), destination: at("v2"), statusClass: statusClasses.grpcError }),
    of(1, { ...slot(0), destination: at("v2"), statusClass: 0 }),
    of(4, { ...slot(0), destination: at("v2"), statusClass: 4 }),
    of(50, { ...slot(0), destination: at("v3") }),
    of(7, { ...slot(2), destination: at("v1"), source: { ...payments, service: "web", version: "v1" } }),
    // As the versions' own sidecars count: a copy is told of by nobody else.
    of(92, { ...slot(0), destination: at("v1"), reporter: "destination" }),
    of(20, { ...slot(0), destination: at("v2"), reporter: "destination" }),
    of(5, { ...slot(0), destination: at("v2"), reporter: "destination", source: outside }),
  ];
  const digest = crypto.getRandomValues(new Uint8Array(32));
  const request = { digest, accessLogs: [], logs: [], metricPoints: [], decisionPoints: [], edgePoints };
  await commitTelemetry(sql, { requests: [request] }, createTelemetryCaches());
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

const window = { fromMs: sampleMs, toMs: sampleMs + 30_000 };

test("of each slot and version: requests, what failed of them, and how long all of them took", async () => {
  const ticks = await versionTicks(sql, payments, ["v2", "v1"], window);
  expect(ticks.map(({ fromMs, toMs }) => [fromMs - sampleMs, toMs - sampleMs])).toEqual([
    [0, 10_000],
    [10_000, 20_000],
    [20_000, 30_000],
  ]);
  const [first, none, last] = ticks.map(({ versions }) => versions);
  expect(first).toEqual([
    { requests: 23, failures: 4, durations: { indexes: [-100], counts: [23] } },
    { requests: 92, failures: 2, durations: { indexes: [-100], counts: [92] } },
  ]);
  expect(none?.map(({ requests, failures }) => [requests, failures])).toEqual([
    [0, 0],
    [0, 0],
  ]);
  expect(last?.map(({ requests }) => requests)).toEqual([0, 7]);
});

test("as the versions' own sidecars count, copies and requests from outside included", async () => {
  const [first] = await versionTicks(sql, payments, ["v1", "v2"], window, "arrived");
  expect(first?.versions.map(({ requests }) => requests)).toEqual([92, 25]);
});

test("of a version nobody called, and of no time at all", async () => {
  const [first] = await versionTicks(sql, payments, ["v9"], window);
  expect(first?.versions).toEqual([{ requests: 0, failures: 0, durations: { indexes: [], counts: [] } }]);
  expect(await versionTicks(sql, payments, ["v1"], { ...window, toMs: window.fromMs })).toEqual([]);
});
