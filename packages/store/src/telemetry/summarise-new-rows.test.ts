import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inTransaction } from "../connection/in-transaction.ts";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { maintainPartitions } from "./maintain-partitions.ts";
import { sampleMs, sampleNs } from "./sample-records.ts";
import { summariseNewRows } from "./summarise-new-rows.ts";
import { hourMs } from "./time.ts";

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test" });
  await maintainPartitions(sql, { nowMs: sampleMs, aheadHours: 1, retentionHours: 24 });
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

const write = () => sql`
  INSERT INTO span (trace_id, span_id, service_id, operation_id, resource_id, kind, status, start_ns, duration_ns)
  SELECT md5(i::text)::uuid, i, 1, 1, 1, 2, 0, ${String(sampleNs)}::bigint + i, 1 FROM generate_series(1, 10000) AS i`;

test("what was written since the last time is told once, a little later too", async () => {
  await summariseNewRows(sql, sampleMs);
  await write();
  expect(await summariseNewRows(sql, sampleMs)).toBeGreaterThan(2);
  expect(await summariseNewRows(sql, sampleMs + hourMs)).toBe(0);
  await write();
  expect(await summariseNewRows(sql, sampleMs + hourMs)).toBeGreaterThan(2);
  await write();
  expect(await summariseNewRows(sql, sampleMs + 2 * hourMs)).toBe(0);
});

test("a table that somebody else is at work on is left for the next time", async () => {
  await write();
  await inTransaction(sql, async (transaction) => {
    await transaction.unsafe(`LOCK TABLE span_h${sampleMs / hourMs} IN SHARE UPDATE EXCLUSIVE MODE`);
    expect(await summariseNewRows(sql, sampleMs)).toBe(0);
  });
  expect(await summariseNewRows(sql, sampleMs)).toBeGreaterThan(2);
});
