import { connect } from "node:net";
import postgres from "postgres";
import { databaseLabel, parseDatabaseUrl } from "./database-url.ts";
import { explainFailure } from "./explain-failure.ts";
import { forgiveTypeQuery } from "./forgive-type-query.ts";
import { type RenewableSql, renewedPool } from "./renewed-pool.ts";

export type Sql = RenewableSql;
/** Inside a transaction: every statement runs on the same connection. See `inTransaction`. */
export type TransactionSql = postgres.ReservedSql;

export interface SqlSettings {
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  /** Connections at most; 4 unless told. They are made when needed. */
  readonly max?: number;
}

/**
 * A pool for telemetry: statements as tagged templates. 8-byte integers arrive as text, so cast to float8 what
 * fits. Nothing is connected before the first statement; close with `sql.end({ timeout: 5 })`.
 */
export function openSql(databaseUrl: string, { applicationName, max = 4 }: SqlSettings): Sql {
  const { href } = parseDatabaseUrl(databaseUrl);
  forgiveTypeQuery();
  return renewedPool((onClose) =>
    postgres(href, {
      max,
      connect_timeout: 10,
      idle_timeout: 60,
      onnotice: () => {},
      onclose: onClose,
      connection: { application_name: applicationName },
      ...promptSocket,
    }),
  );
}

/**
 * The client sends a COPY in several small writes, and its own sockets leave Nagle's algorithm on: each COPY then
 * waits twice for the server's delayed acknowledgement, 40 ms each. Not connected yet when given: writes queue.
 */
const promptSocket = {
  socket: ({ host, port }: { host: string[]; port: number[] }) =>
    // `host` is where the client looks for the name that a TLS certificate must bear.
    Object.assign(connect({ host: host[0] ?? "", port: port[0] ?? 5432, noDelay: true }), { host: host[0] }),
};

/** Asks for nothing. Throws DatabaseUnreachable when the database is away. */
export async function ping(sql: Sql): Promise<void> {
  await guarded(sql, () => sql`SELECT 1`);
}

/** Runs `work`; a failure of the connection becomes {@link DatabaseUnreachable}, any other stays what it is. */
export async function guarded<T>(sql: Sql, work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explainFailure(error, labelOf(sql)) ?? error;
  }
}

function labelOf(sql: Sql): string {
  const { host, port, database } = sql.options;
  return databaseLabel(new URL(`postgres://${host[0]}:${port[0]}/${database}`));
}
