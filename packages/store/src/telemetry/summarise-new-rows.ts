import { inTransaction } from "../connection/in-transaction.ts";
import { guarded, type Sql } from "../connection/open-sql.ts";
import { hourMs } from "./time.ts";

/**
 * Tells the indexes that skip ranges of pages (BRIN) what the ranges written since the last call hold, in the partitions
 * of this hour and the one before; gives how many ranges that were. Whoever asks for a time, or for what few spans have,
 * reads all that was not told: right, but slow. So it is meant for every five to ten seconds, and safe beside
 * writers and other callers. A table that somebody is vacuuming is left for the next time.
 */
export function summariseNewRows(sql: Sql, nowMs: number): Promise<number> {
  return guarded(sql, async () => {
    const hour = Math.floor(nowMs / hourMs);
    const indexes = await sql<{ name: string }[]>`
      SELECT quote_ident(i.relname) AS name
      FROM pg_class i JOIN pg_am ON pg_am.oid = i.relam AND amname = 'brin'
        JOIN pg_index ON indexrelid = i.oid JOIN pg_class t ON t.oid = indrelid
        JOIN pg_inherits ON inhrelid = t.oid
      WHERE i.relkind = 'i' AND inhparent = ANY('{span,access_log}'::regclass[])
        AND t.relname ~ ${`_h(${hour - 1}|${hour})$`}`;
    let ranges = 0;
    for (const { name } of indexes) ranges += await summarise(sql, name);
    return ranges;
  });
}

async function summarise(sql: Sql, index: string): Promise<number> {
  try {
    return await inTransaction(sql, async (transaction) => {
      // Shorter than deadlock_timeout, after which a vacuum would be cancelled for us.
      await transaction`SET LOCAL lock_timeout = '200ms'`;
      const [row] = await transaction<{ ranges: number }[]>`
        SELECT brin_summarize_new_values(${index}::regclass) AS ranges`;
      return row?.ranges ?? 0;
    });
  } catch (error) {
    if (isLocked(error)) return 0;
    throw error;
  }
}

/** Postgres: lock_not_available; or undefined_table, when retention was faster. */
function isLocked(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "55P03" || error.code === "42P01");
}
