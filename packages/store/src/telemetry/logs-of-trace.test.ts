import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { logsOfTrace } from "./logs-of-trace.ts";
import {
  sampleAccessLog,
  sampleLog,
  sampleNs,
  sampleRequest,
  sampleSpan,
  sampleSpanId,
  sampleTraceId,
} from "./sample-records.ts";
import { hourNs } from "./time.ts";

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

const [traceId, unsampled, other] = [1, 2, 3].map(sampleTraceId) as [string, string, string];
const decision = { policy: "canary", wouldAct: true, acted: false };
const request = sampleAccessLog({
  ...{
    traceId,
    spanId: "ffffffffffffff01",
    timeNs: sampleNs + 2n,
    host: "shop",
    decisions: [decision],
    status: 503,
  },
  ...{
    reporter: "destination",
    flag: "UF",
    durationNs: 7n,
    upstreamNs: 5n,
    requestBytes: 3n,
    responseBytes: 4n,
  },
});
const log = sampleLog({
  ...{ traceId, spanId: sampleSpanId(2), timeNs: sampleNs + hourNs, severity: 17, body: { text: "no" } },
  attributes: { thread: "main" },
});

test("logs and requests that name the trace, as they came and in their order", async () => {
  const accessLogs = [
    request,
    sampleAccessLog({ traceId, timeNs: sampleNs + 1n }),
    sampleAccessLog({ traceId, timeNs: sampleNs + 3n * hourNs }), // by a clock that is far off
    sampleAccessLog({ traceId: other }),
    sampleAccessLog({ traceId: unsampled }),
    sampleAccessLog({}),
  ];
  const logs = [log, sampleLog({ traceId }), sampleLog({ traceId: other }), sampleLog({})];
  await commitTelemetry(
    sql,
    { requests: [sampleRequest({ accessLogs, logs, spans: [sampleSpan({ traceId })] })] },
    createTelemetryCaches(),
  );

  const found = await logsOfTrace(sql, traceId.toUpperCase());
  expect(found.isWhole).toBe(true);
  expect(found.requests.map(({ timeNs }) => timeNs)).toEqual([sampleNs + 1n, sampleNs + 2n]);
  expect(found.requests[1]).toEqual(request);
  expect(found.logs.map(({ timeNs }) => timeNs)).toEqual([sampleNs, log.timeNs]);
  const { traceId: _, ...told } = log;
  expect(found.logs[1]).toEqual(told);

  expect(await logsOfTrace(sql, traceId, { limit: 1 })).toMatchObject({
    ...{ isWhole: false, requests: [{ timeNs: sampleNs + 1n }], logs: [{ timeNs: sampleNs }] },
  });
});

test("requests of a trace of which no span was kept", async () => {
  expect((await logsOfTrace(sql, unsampled)).requests).toHaveLength(1);
});

test("nothing for a trace that nobody names, and for what is no id", async () => {
  for (const id of [sampleTraceId(77), "no id"])
    expect(await logsOfTrace(sql, id)).toEqual({ requests: [], logs: [], isWhole: true });
});
