import { chmodSync, mkdirSync } from "node:fs";
import { migrate, openSql, type Sql, startEmbeddedPostgres } from "@weir/store";
import { freePort } from "@weir/testkit/sockets";
import { postgresParameters } from "../../packages/cli/src/start/embedded-postgres.ts";

export interface Database {
  readonly databaseUrl: string;
  /** Postgres is this process and its children. */
  readonly pid: number;
  /** For looking in, beside the programs that are measured. */
  readonly sql: Sql;
  stop(): Promise<void>;
}

/** A durable Postgres in `dataDir` as `npm start` runs it, at this release's schema. */
export async function startDatabase(dataDir: string): Promise<Database> {
  mkdirSync(dataDir, { recursive: true });
  chmodSync(dataDir, 0o755); // for the user that Postgres runs as
  const postgres = await startEmbeddedPostgres({
    ...{ dataDir, port: await freePort(), durable: true },
    parameters: postgresParameters,
  });
  try {
    await migrate(postgres.databaseUrl);
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  const sql = openSql(postgres.databaseUrl, { applicationName: "bench", max: 3 });
  return {
    ...{ databaseUrl: postgres.databaseUrl, pid: postgres.pid, sql },
    async stop() {
      await sql.end({ timeout: 1 });
      await postgres.stop();
    },
  };
}
