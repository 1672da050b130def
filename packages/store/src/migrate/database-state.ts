import { guarded, type Sql } from "../connection/open-sql.ts";
import { migrationsDir, readMigrations } from "./migration-files.ts";

export interface DatabaseState {
  /** By its own clock, in milliseconds since 1970. */
  readonly nowMs: number;
  /** Names of this release's migrations that were not applied to it yet, in order. */
  readonly pending: readonly string[];
  /** Names of those that it has and this release does not: it belongs to a newer one. */
  readonly unknown: readonly string[];
}

/**
 * What time it is in the database, and whether its schema is this release's.
 * @throws DatabaseUnreachable
 */
export async function databaseState(sql: Sql, directory = migrationsDir): Promise<DatabaseState> {
  const files = (await readMigrations(directory)).map(({ name }) => name);
  return guarded(sql, async () => {
    const [row] = await sql<{ now: number; hasBooks: boolean }[]>`
      SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now,
        to_regclass('_prisma_migrations') IS NOT NULL AS "hasBooks"`;
    const applied = row?.hasBooks
      ? await sql<{ name: string }[]>`
          SELECT migration_name AS name FROM _prisma_migrations
          WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`
      : [];
    const names = applied.map(({ name }) => name);
    return {
      nowMs: row?.now ?? Number.NaN,
      pending: files.filter((name) => !names.includes(name)),
      unknown: names.filter((name) => !files.includes(name)),
    };
  });
}
