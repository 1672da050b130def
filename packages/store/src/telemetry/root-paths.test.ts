import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { rootPaths } from "./root-paths.ts";
import { sampleNs, sampleRequest, sampleSpan, sampleSpanId, sampleTraceId } from "./sample-records.ts";

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

test("gives the root's path, and nothing for a root that is no request or not here", async () => {
  const [request, job, rootless] = [1, 2, 3].map(sampleTraceId);
  const attributes = { "url.path": "/checkout" };
  const child = { spanId: sampleSpanId(2), parentSpanId: sampleSpanId(1), startNs: sampleNs + 1n };
  const spans = [
    sampleSpan({ traceId: request ?? "", attributes }),
    sampleSpan({ ...child, traceId: request ?? "", attributes: { "url.path": "/charges" } }),
    sampleSpan({ traceId: job ?? "", attributes: {} }),
    sampleSpan({ ...child, traceId: rootless ?? "", attributes }),
  ];
  await commitTelemetry(sql, { requests: [sampleRequest({ spans })] }, createTelemetryCaches());
  const asked = [1, 2, 3].map((n) => ({
    traceId: sampleTraceId(n),
    startNs: sampleNs,
    durationNs: 10_000_000n,
  }));
  expect(await rootPaths(sql, asked)).toEqual(new Map([[request, "/checkout"]]));
  expect(await rootPaths(sql, [])).toEqual(new Map());
});
