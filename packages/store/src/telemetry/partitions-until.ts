import { guarded, type Sql } from "../connection/open-sql.ts";
import { hourMs } from "./time.ts";

/**
 * Until when there are partitions for what comes row by row, in milliseconds since 1970; undefined while there are none.
 * Later rows would go to the DEFAULT partition, and wait there for theirs.
 */
export function partitionsUntil(sql: Sql): Promise<number | undefined> {
  return guarded(sql, async () => {
    // Named by the hour that each begins with; a table without any counts as having none.
    const [row] = await sql<{ hour: number | null }[]>`
      SELECT min(newest)::int AS hour FROM (
        SELECT coalesce(max(substring(c.relname FROM '_h(\\d+)$')::int), 0) AS newest
        FROM unnest(ARRAY['span', 'access_log', 'log_record', 'metric_point', 'trace']) AS parent (name)
          LEFT JOIN pg_inherits i ON i.inhparent = parent.name::regclass
          LEFT JOIN pg_class c ON c.oid = i.inhrelid AND c.relname ~ '_h\\d+$'
        GROUP BY parent.name
      ) AS newest`;
    return row?.hour ? (row.hour + 1) * hourMs : undefined;
  });
}
