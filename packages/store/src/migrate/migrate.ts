import { randomUUID } from "node:crypto";
import { explainFailure } from "../connection/explain-failure.ts";
import { inTransaction } from "../connection/in-transaction.ts";
import { guarded, openSql, type Sql } from "../connection/open-sql.ts";
import { MigrationFailed } from "./migration-failed.ts";
import { type MigrationFile, migrationsDir, readMigrations } from "./migration-files.ts";

export interface MigrateSettings {
  /** Told after each migration that was applied. */
  readonly onMigration?: ((name: string, ms: number) => void) | undefined;
  /** Told, in a sentence, when an interrupted earlier attempt is taken up again. */
  readonly onNotice?: ((text: string) => void) | undefined;
  readonly directory?: string | undefined;
}

/** What `prisma migrate deploy` locks too, so that it and this runner exclude each other. */
const advisoryLock = 72_707_369;

/**
 * Brings the database to this release's schema. May be started by several processes at once: one works, the
 * others wait and find nothing left to do. Keeps the books in `_prisma_migrations` as `prisma migrate deploy`
 * does, so that either can be used.
 *
 * A migration and its entry as finished are one transaction. So an attempt that was killed has left nothing but
 * its entry as started, and is simply made again.
 *
 * @throws MigrationFailed when a migration fails, was changed after it was applied, or is newer than this release.
 * @throws DatabaseUnreachable
 */
export async function migrate(
  databaseUrl: string,
  { onMigration, onNotice, directory = migrationsDir }: MigrateSettings = {},
): Promise<{ applied: string[] }> {
  const files = await readMigrations(directory);
  const sql = openSql(databaseUrl, { applicationName: "weir-migrate", max: 1 });
  try {
    return await guarded(sql, async () => {
      // A lock of the session: it goes with the connection, so a killed process holds nobody up.
      await sql`SELECT pg_advisory_lock(${advisoryLock})`;
      await createBooks(sql);
      const pending = await judge(sql, files, onNotice ?? (() => {}));
      const applied: string[] = [];
      for (const file of pending) {
        const startedAt = performance.now();
        await apply(sql, file);
        applied.push(file.name);
        onMigration?.(file.name, performance.now() - startedAt);
      }
      return { applied };
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** As Prisma's schema engine creates it, column for column. */
async function createBooks(sql: Sql): Promise<void> {
  await sql`
    CREATE TABLE IF NOT EXISTS _prisma_migrations (
      id                  VARCHAR(36) PRIMARY KEY NOT NULL,
      checksum            VARCHAR(64) NOT NULL,
      finished_at         TIMESTAMPTZ,
      migration_name      VARCHAR(255) NOT NULL,
      logs                TEXT,
      rolled_back_at      TIMESTAMPTZ,
      started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
      applied_steps_count INTEGER NOT NULL DEFAULT 0
    )`;
}

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
  readonly logs: string | null;
}

/** The files still to apply, in order; throws where books and files contradict each other. */
async function judge(
  sql: Sql,
  files: readonly MigrationFile[],
  onNotice: (text: string) => void,
): Promise<MigrationFile[]> {
  const entries = await sql<Entry[]>`
    SELECT id, migration_name AS name, checksum, finished_at IS NOT NULL AS finished, logs
    FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`;
  const known = new Map(files.map((file) => [file.name, file]));
  const done = new Set<string>();
  for (const entry of entries) {
    const file = known.get(entry.name);
    if (!file)
      throw new MigrationFailed(
        entry.name,
        "the database has it, this release does not; the database belongs to a newer release, so update Weir or choose another database",
      );
    if (!entry.finished) {
      onNotice(
        `migration ${entry.name} was ${entry.logs ? "tried and failed" : "interrupted"}; it is made again`,
      );
      await sql`UPDATE _prisma_migrations SET rolled_back_at = now() WHERE id = ${entry.id}`;
      continue;
    }
    if (entry.checksum !== file.checksum)
      throw new MigrationFailed(
        entry.name,
        "its file was changed after it was applied; restore the file and put the change into a new migration",
      );
    done.add(entry.name);
  }
  return files.filter((file) => !done.has(file.name));
}

async function apply(sql: Sql, file: MigrationFile): Promise<void> {
  const id = randomUUID();
  await sql`
    INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES (${id}, ${file.checksum}, ${file.name})`;
  try {
    await inTransaction(sql, async (transaction) => {
      await transaction.unsafe(file.sql).simple();
      await transaction`
        UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = ${id}`;
    });
  } catch (error) {
    if (explainFailure(error, "")) throw error; // the database went away: the entry stands as interrupted
    const reason = error instanceof Error ? error.message : String(error);
    await sql`UPDATE _prisma_migrations SET logs = ${reason} WHERE id = ${id}`;
    throw new MigrationFailed(file.name, `${reason}; nothing of it was kept`, { cause: error });
  }
}
