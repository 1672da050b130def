import { metricNames } from "@weir/domain";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { cart, sampleMetric, sampleMs, sampleRequest } from "./sample-records.ts";
import { sidecarUsage } from "./sidecar-usage.ts";

const told = (proxyId: string, atMs: number, value: number, over: { name?: string; kind?: string } = {}) =>
  sampleMetric({
    ...{ timeMs: sampleMs + atMs, name: metricNames.cpuTime, kind: "sum/cumulative", value },
    resource: { "service.instance.id": proxyId, "telemetry.sdk.name": "weir" },
    ...over,
  });
const memory = { name: metricNames.memory, kind: "updown-sum/cumulative" };

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  const metricPoints = [
    told("a", 1_000, 10),
    told("a", 21_000, 15),
    told("a", 11_000, 14),
    told("a", 11_000, 7e7, memory),
    told("a", 21_000, 5e7, memory),
    { ...told("new", 5_000, 3), service: { ...cart, name: "payments" } },
    told("new", 5_000, 6e7, memory),
    told("restarted", 1_000, 90),
    told("restarted", 21_000, 2),
    // An application's own SDK tells of its own process by the same names.
    {
      ...told("app", 1_000, 1),
      resource: { "service.instance.id": "app", "telemetry.sdk.name": "opentelemetry" },
    },
    told("gone", -1_000, 1),
  ];
  await commitTelemetry(sql, { requests: [sampleRequest({ metricPoints })] }, createTelemetryCaches());
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

test("each sidecar's share of a core between its first word and its last, and its memory by the last", async () => {
  const found = await sidecarUsage(sql, sampleMs);
  expect(found.sort((a, b) => (a.proxyId < b.proxyId ? -1 : 1))).toEqual([
    { proxyId: "a", cores: 0.25, memoryBytes: 5e7 },
    { proxyId: "new", cores: undefined, memoryBytes: 6e7 },
    { proxyId: "restarted", cores: undefined, memoryBytes: undefined },
  ]);
});
