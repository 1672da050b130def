import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { createTelemetryCaches } from "./caches.ts";
import { commitTelemetry } from "./commit-telemetry.ts";
import { decisionsOfTrace } from "./decisions-of-trace.ts";
import { sampleAccessLog, sampleNs, sampleRequest, sampleSpanId, sampleTraceId } from "./sample-records.ts";

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

const decision = { policy: "payments-canary", verdict: "version=v2", wouldAct: true, acted: false };
const around = { fromNs: sampleNs - 1_000n, toNs: sampleNs + 1_000n };

test("gives the decisions of the trace's spans, and only those inside the extent", async () => {
  const traceId = sampleTraceId(0xabc);
  const logged = { traceId, decisions: [decision] };
  const accessLogs = [
    sampleAccessLog({ ...logged, spanId: "ffffffffffffffff" }),
    sampleAccessLog({ ...logged, spanId: sampleSpanId(2), decisions: [] }),
    sampleAccessLog({ ...logged, spanId: sampleSpanId(3), timeNs: sampleNs + 5_000n }),
    sampleAccessLog({ ...logged, spanId: sampleSpanId(4), traceId: sampleTraceId(7) }),
    sampleAccessLog({ ...logged, spanId: undefined }),
  ];
  await commitTelemetry(sql, { requests: [sampleRequest({ accessLogs })] }, createTelemetryCaches());
  expect(await decisionsOfTrace(sql, traceId.toUpperCase(), around)).toEqual([
    { spanId: "ffffffffffffffff", decisions: [decision] },
  ]);
  expect(await decisionsOfTrace(sql, "no trace id", around)).toEqual([]);
});
