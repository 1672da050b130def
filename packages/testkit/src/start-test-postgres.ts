import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate, openSql, startEmbeddedPostgres } from "@weir/store";
import { testDatabaseUrl } from "./config.ts";
import { freePort } from "./free-port.ts";

export interface TestPostgres {
  /** A fresh database with all migrations applied, copied from a template. */
  createDatabase(): Promise<string>;
  dropDatabase(databaseUrl: string): Promise<void>;
  stop(): Promise<void>;
}

/** One Postgres for many tests: embedded and not durable, or the one of `WEIR_TEST_DATABASE_URL`. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const server = testDatabaseUrl
    ? { databaseUrl: testDatabaseUrl, stop: async () => {} }
    : await startTemporaryPostgres();
  const admin = openSql(server.databaseUrl, { applicationName: "weir-testkit", max: 1 });
  const run = randomBytes(4).toString("hex");
  const template = `weir_test_${run}_template`;
  await admin.unsafe(`CREATE DATABASE ${template}`);
  await migrate(withDatabase(server.databaseUrl, template));
  let count = 0;
  return {
    async createDatabase() {
      const name = `weir_test_${run}_${++count}`;
      await admin.unsafe(`CREATE DATABASE ${name} TEMPLATE ${template}`);
      return withDatabase(server.databaseUrl, name);
    },
    async dropDatabase(databaseUrl) {
      const name = new URL(databaseUrl).pathname.slice(1);
      await admin.unsafe(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
    async stop() {
      await admin.unsafe(`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
      await admin.end({ timeout: 5 });
      await server.stop();
    },
  };
}

function withDatabase(databaseUrl: string, name: string): string {
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  return url.href;
}

const prefix = "weir-test-postgres-";

async function startTemporaryPostgres(): Promise<{ databaseUrl: string; stop(): Promise<void> }> {
  removeAbandoned();
  const directory = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  chmodSync(directory, 0o755); // root's Postgres runs as another user
  const postgres = await startEmbeddedPostgres({
    dataDir: join(directory, "data"),
    sharedDirs: [join(directory, "shared")],
    port: await freePort(),
    durable: false,
    // It would hold tables, and summarise, just when a test looks, or not; all files of a run are connected together.
    parameters: { autovacuum: "off", max_connections: "160" },
  });
  return {
    databaseUrl: postgres.databaseUrl,
    async stop() {
      await postgres.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Runs that were killed could not clean up; their Postgres has stopped by itself. */
function removeAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const pid = Number(name.slice(prefix.length).split("-")[0]);
    try {
      process.kill(pid, 0);
    } catch {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    }
  }
}
