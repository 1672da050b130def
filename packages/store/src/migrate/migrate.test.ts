import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestDatabase, type TestDatabase, waitFor } from "@weir/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSql, type Sql } from "../connection/open-sql.ts";
import { migrate } from "./migrate.ts";
import { migrationsDir, readMigrations } from "./migration-files.ts";

let database: TestDatabase;
let sql: Sql;
let directory: string;
beforeEach(async () => {
  database = await createTestDatabase();
  sql = openSql(database.databaseUrl, { applicationName: "test", max: 2 });
  directory = await mkdtemp(join(tmpdir(), "weir-migrations-"));
});
afterEach(async () => {
  await sql.end({ timeout: 1 });
  await database.drop();
  await rm(directory, { recursive: true });
});

async function addMigration(name: string, text: string): Promise<void> {
  await mkdir(join(directory, name), { recursive: true });
  await writeFile(join(directory, name, "migration.sql"), text);
}

const emptyDatabase = () => sql.unsafe("DROP SCHEMA public CASCADE; CREATE SCHEMA public;").simple();
const run = (onNotice?: (text: string) => void) => migrate(database.databaseUrl, { directory, onNotice });
const books = () => sql`
  SELECT migration_name AS name, finished_at IS NOT NULL AS finished, rolled_back_at IS NOT NULL AS "rolledBack",
    applied_steps_count AS steps, logs FROM _prisma_migrations ORDER BY started_at`;

test("this release's are applied once by three that start at the same moment", async () => {
  await emptyDatabase();
  const results = await Promise.all([1, 2, 3].map(() => migrate(database.databaseUrl)));
  const names = (await readMigrations(migrationsDir)).map(({ name }) => name);
  expect(results.flatMap(({ applied }) => applied)).toEqual(names);
  expect(await migrate(database.databaseUrl)).toEqual({ applied: [] });
  const [mesh] = await sql`SELECT mode, hold, revision FROM mesh`;
  expect(mesh).toEqual({ mode: "observe", hold: false, revision: 0 });
});

test("each is told, in order, and kept in the books as Prisma keeps them", async () => {
  await addMigration("2_second", "CREATE TABLE second (n int); INSERT INTO second VALUES (1);");
  await addMigration("1_first", "CREATE TABLE first (n int);");
  await emptyDatabase();
  const told: string[] = [];
  await migrate(database.databaseUrl, { directory, onMigration: (name) => told.push(name) });
  expect(told).toEqual(["1_first", "2_second"]);
  const common = { finished: true, rolledBack: false, steps: 1, logs: null };
  expect(await books()).toEqual([
    { name: "1_first", ...common },
    { name: "2_second", ...common },
  ]);
});

describe("refused, naming the migration:", () => {
  beforeEach(async () => {
    await addMigration("1_first", "CREATE TABLE first (n int);");
    await emptyDatabase();
    await run();
  });

  test("a file that was changed after it was applied", async () => {
    await addMigration("1_first", "CREATE TABLE first (n bigint);");
    await expect(run()).rejects.toMatchObject({
      code: "MIGRATION_FAILED",
      migration: "1_first",
      message: expect.stringMatching(/changed after it was applied; restore the file/),
    });
  });

  test("a database of a newer release", async () => {
    await rm(join(directory, "1_first"), { recursive: true });
    await expect(run()).rejects.toThrow(/migration 1_first: .*belongs to a newer release/);
  });

  test("SQL that fails, of which nothing is kept; mended, it is applied", async () => {
    await addMigration("2_second", "CREATE TABLE half (n int); SELECT nonsense;");
    await expect(run()).rejects.toThrow(/migration 2_second: .*nonsense.*nothing of it was kept/);
    const [half] = await sql`SELECT to_regclass('half') AS half`;
    expect(half).toEqual({ half: null });
    await addMigration("2_second", "CREATE TABLE whole (n int);");
    const notices: string[] = [];
    expect(await run((text) => notices.push(text))).toEqual({ applied: ["2_second"] });
    expect(notices).toEqual(["migration 2_second was tried and failed; it is made again"]);
    expect(await books()).toMatchObject([
      { name: "1_first" },
      { name: "2_second", finished: false, rolledBack: true, logs: expect.stringContaining("nonsense") },
      { name: "2_second", finished: true, rolledBack: false },
    ]);
  });
});

test("one that is killed half way leaves nothing but its entry, and the next start goes on and says so", async () => {
  await addMigration("1_first", "CREATE TABLE first (n int);");
  await addMigration("2_slow", "CREATE TABLE slow (n int); SELECT pg_sleep(60);");
  await emptyDatabase();
  const killed = run();
  const outcome = killed.catch((error: unknown) => error);
  await untilSleeping();
  await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'weir-migrate'
    AND datname = current_database()`;
  expect(await outcome).toMatchObject({ code: "DATABASE_UNREACHABLE", reason: "lost" });
  expect(await books()).toMatchObject([{ finished: true }, { name: "2_slow", finished: false, logs: null }]);

  await addMigration("2_slow", "CREATE TABLE slow (n int);");
  const notices: string[] = [];
  expect(await run((text) => notices.push(text))).toEqual({ applied: ["2_slow"] });
  expect(notices).toEqual(["migration 2_slow was interrupted; it is made again"]);
});

test("a database that is away is refused as that", async () => {
  await expect(migrate("postgres://weir:x@127.0.0.1:1/weir")).rejects.toMatchObject({
    code: "DATABASE_UNREACHABLE",
    reason: "refused",
  });
});

async function untilSleeping(): Promise<void> {
  const sleeping = () => sql`SELECT 1 FROM pg_stat_activity
    WHERE application_name = 'weir-migrate' AND wait_event = 'PgSleep' AND datname = current_database()`;
  await waitFor(async () => (await sleeping()).length > 0, { what: "the migration to sleep" });
}
