import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { presentTraffic } from "./present-traffic.ts";
import { sampleEdge, sampleMs, sampleRequest } from "./sample-records.ts";

const nowMs = sampleMs + 900_000;

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  const edgePoints = [
    ...called("old", 0, 90), // all of the quarter of an hour
    ...called("born", 66, 90), // four minutes ago
    ...[0, 70, 80].flatMap((slot) => called("quiet", slot, slot + 1)),
    ...called("gone", 0, 50),
    ...[-4_000, 89].flatMap((slot) => called("seldom", slot, slot + 1)),
  ];
  await commitTelemetry(sql, { requests: [sampleRequest({ edgePoints })] }, createTelemetryCaches());
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

/** 250 requests in each of these slots of ten seconds, one in ten of them failed. */
function called(service: string, from: number, to: number) {
  const destination = { namespace: "shop", service, version: "v1" };
  return Array.from({ length: to - from }, (_, n) => sampleMs + (from + n) * 10_000 + 5_000).flatMap(
    (timeMs) => [
      sampleEdge({ timeMs, destination, requests: 225 }),
      sampleEdge({ timeMs, destination, requests: 25, statusClass: 5 }),
    ],
  );
}

test.each`
  service     | requestsPerS | failureShare | overMs     | why
  ${"old"}    | ${25}        | ${0.1}       | ${300_000} | ${"the last five minutes"}
  ${"born"}   | ${25}        | ${0.1}       | ${240_000} | ${"no silence before its first request"}
  ${"quiet"}  | ${500 / 300} | ${0.1}       | ${300_000} | ${"of one that was there before, silence counts"}
  ${"seldom"} | ${250 / 300} | ${0.1}       | ${300_000} | ${"one that was asked hours ago is not new, however long it was silent"}
  ${"gone"}   | ${0}         | ${0}         | ${300_000} | ${"what ended before is not now"}
  ${"never"}  | ${0}         | ${0}         | ${300_000} | ${"nobody asked it"}
`("$service gets $requestsPerS a second over $overMs ms: $why", async ({ service, why: _, ...traffic }) => {
  const place = { namespace: "shop", targetRef: service, baseline: "v1" };
  expect(await presentTraffic(sql, place, nowMs)).toEqual({
    ...traffic,
    requestsPerS: expect.closeTo(traffic.requestsPerS, 6),
  });
});
