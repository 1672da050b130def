import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { keptTraces } from "./kept-traces.ts";
import { maintainPartitions } from "./maintain-partitions.ts";
import { openRequestShapes } from "./request-shapes.ts";
import {
  cartEnd,
  paymentsEnd,
  sampleAccessLog,
  sampleMs,
  sampleNs,
  sampleRequest,
  sampleSpan,
  sampleTraceId,
} from "./sample-records.ts";

let database: TestDatabase;
let sql: Sql;
const payments = { namespace: "shop", service: "payments" };
const ms = (count: number) => sampleNs + BigInt(count) * 1_000_000n;

beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  await maintainPartitions(sql, { nowMs: sampleMs, aheadHours: 1, retentionHours: 24 });
  const accessLogs = [
    sampleAccessLog({ timeNs: ms(20), traceId: sampleTraceId(1) }),
    sampleAccessLog({ timeNs: ms(7), durationNs: 9_000_000n, traceId: sampleTraceId(2) }),
    sampleAccessLog({ timeNs: ms(8), reporter: "destination" }), // its source told of it
    sampleAccessLog({
      timeNs: ms(9),
      reporter: "destination",
      source: { namespace: "", service: "outside", version: "" },
    }),
    sampleAccessLog({ timeNs: ms(10), path: "/refund", status: 0, flag: "UF", upstreamNs: 0n }),
    sampleAccessLog({ timeNs: ms(11), destination: { ...paymentsEnd, version: "v2" } }),
    sampleAccessLog({ timeNs: ms(12), destination: cartEnd }),
    sampleAccessLog({ timeNs: ms(5_000) }),
  ];
  const spans = [sampleSpan({ traceId: sampleTraceId(1) })];
  await commitTelemetry(sql, { requests: [sampleRequest({ accessLogs, spans })] }, createTelemetryCaches());
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

test("requests that a rule cannot tell apart are one shape with their times and durations, each request once", async () => {
  const read = await openRequestShapes(sql, payments);
  const shapes = await read({ fromMs: sampleMs, toMs: sampleMs + 5_000 });
  const told = shapes.map(({ source, path, version, flag, sent, atMs, durationUs }) => ({
    ...{ source: source.service, path, version, flag, sent },
    took: Object.fromEntries([...atMs].map((at, i) => [at, durationUs[i]])),
  }));
  const plain = { path: "/pay", version: "v1", flag: "", sent: true };
  expect(told).toHaveLength(4);
  expect(told).toEqual(
    expect.arrayContaining([
      { ...plain, source: "cart", took: { 7: 9_000, 20: 5_000 } },
      { ...plain, source: "outside", took: { 9: 5_000 } },
      { ...plain, source: "cart", path: "/refund", flag: "UF", sent: false, took: { 10: 5_000 } },
      { ...plain, source: "cart", version: "v2", took: { 11: 5_000 } },
    ]),
  );
});

test("a service that nobody called has no shapes", async () => {
  const read = await openRequestShapes(sql, { namespace: "shop", service: "nobody" });
  expect(await read({ fromMs: sampleMs, toMs: sampleMs + 5_000 })).toEqual([]);
});

test("only traces whose spans were kept are found again, by caller, path and millisecond", async () => {
  const cart = { namespace: "shop", service: "cart" };
  const moment = (atMs: number, path = "/pay", source = cart) => ({ source, path, atMs: sampleMs + atMs });
  const asked = [moment(20), moment(7), moment(21), moment(20, "/refund"), moment(20, "/pay", payments)];
  expect(await keptTraces(sql, payments, asked)).toEqual([
    sampleTraceId(1),
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
