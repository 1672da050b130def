import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { databaseSize } from "./database-size.ts";

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

test("a table counts with its partitions, the largest table comes first", async () => {
  const before = await databaseSize(sql);
  expect(before.tables.find(({ name }) => name === "log_record")).toMatchObject({ partitions: 1 });
  expect(before.tables.map(({ name }) => name)).not.toContain("log_record_default");
  await sql`
    INSERT INTO log_record (time_ns, service_id, resource_id, severity, body, attributes)
    SELECT n, 1, 1, 9, to_jsonb(repeat(md5(n::text), 20)), '{}' FROM generate_series(1, 5000) n`;
  const after = await databaseSize(sql);
  expect(after.tables[0]?.name).toBe("log_record");
  expect(after.tables[0]?.bytes).toBeGreaterThan(1_000_000);
  expect(after.bytes).toBeGreaterThan(before.bytes);
  expect(after.bytes).toBeGreaterThan(after.tables[0]?.bytes ?? 0);
});

test("connections are counted against what the database takes", async () => {
  const { used, most } = (await databaseSize(sql)).connections;
  expect(used).toBeGreaterThan(0);
  expect(most).toBeGreaterThanOrEqual(used);
});
