import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { databaseState } from "./database-state.ts";
import { migrationsDir, readMigrations } from "./migration-files.ts";

let database: TestDatabase;
let sql: Sql;
beforeEach(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
});
afterEach(async () => {
  await sql.end({ timeout: 1 });
  await database.drop();
});

test("a database of this release has all of it and nothing more, and a clock", async () => {
  const state = await databaseState(sql);
  expect(state).toMatchObject({ pending: [], unknown: [] });
  expect(Math.abs(state.nowMs - Date.now())).toBeLessThan(5_000);
});

test("what was not applied, or not finished, is pending; what only it has is unknown", async () => {
  const names = (await readMigrations(migrationsDir)).map(({ name }) => name);
  await sql`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = ${names[0] ?? ""}`;
  await sql`DELETE FROM _prisma_migrations WHERE migration_name = ${names.at(-1) ?? ""}`;
  await sql`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '9_next', now())`;
  expect(await databaseState(sql)).toMatchObject({ pending: [names[0], names.at(-1)], unknown: ["9_next"] });
});

test("an empty database has everything to come", async () => {
  await sql.unsafe("DROP SCHEMA public CASCADE; CREATE SCHEMA public;").simple();
  const names = (await readMigrations(migrationsDir)).map(({ name }) => name);
  expect(await databaseState(sql)).toMatchObject({ pending: names, unknown: [] });
});
