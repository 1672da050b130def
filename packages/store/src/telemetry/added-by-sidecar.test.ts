import { metricNames } from "@weir/domain";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { addedBySidecar } from "./added-by-sidecar.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { cart, sampleMetric, sampleMs, sampleRequest } from "./sample-records.ts";

const overhead = (proxyId: string, atMs: number, count: number, sum: number) =>
  sampleMetric({
    ...{ timeMs: sampleMs + atMs, name: metricNames.overhead, kind: "exponential-histogram/delta" },
    ...{ resource: { "service.instance.id": proxyId }, value: undefined, histogram: { count, sum } },
  });

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  const metricPoints = [
    overhead("a", 1_000, 10, 0.5),
    overhead("a", 2_000, 30, 0.1),
    { ...overhead("b", 2_000, 4, 0.2), service: { ...cart, name: "payments" } },
    { ...overhead("a", 2_000, 99, 99), name: "other.duration" },
    { ...overhead("", 2_000, 99, 99), resource: { "service.name": "no sidecar" } },
    overhead("idle", 2_000, 0, 0),
    overhead("b", -1_000, 99, 99),
  ];
  await commitTelemetry(sql, { requests: [sampleRequest({ metricPoints })] }, createTelemetryCaches());
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

test("each sidecar's requests and what it added to them, since then; those that carried nothing are not there", async () => {
  const found = await addedBySidecar(sql, sampleMs);
  expect(found.sort((a, b) => (a.proxyId < b.proxyId ? -1 : 1))).toEqual([
    { proxyId: "a", requests: 40, seconds: 0.6 },
    { proxyId: "b", requests: 4, seconds: 0.2 },
  ]);
});
