import { guarded, type Sql } from "../connection/open-sql.ts";

export interface TableSize {
  readonly name: string;
  /** With its partitions, indexes and what is stored out of line. */
  readonly bytes: number;
  readonly partitions: number;
}

export interface DatabaseSize {
  /** Of all of the database on disk. */
  readonly bytes: number;
  /** The largest first. */
  readonly tables: readonly TableSize[];
  readonly connections: { readonly used: number; readonly most: number };
}

/** What the database takes on disk. Asks the file system for each partition, so it is not for views that many look at. */
export function databaseSize(sql: Sql): Promise<DatabaseSize> {
  return guarded(sql, async () => {
    const [[whole], tables] = await Promise.all([
      sql<{ bytes: number; used: number; most: number }[]>`
        SELECT pg_database_size(current_database())::float8 AS bytes,
          (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS used,
          current_setting('max_connections')::int AS most`,
      sql<TableSize[]>`
        SELECT coalesce(p.relname, c.relname) AS name, sum(pg_total_relation_size(c.oid))::float8 AS bytes,
          count(i.inhrelid)::int AS partitions
        FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid LEFT JOIN pg_class p ON p.oid = i.inhparent
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
        GROUP BY 1 ORDER BY 2 DESC, 1`,
    ]);
    const { bytes = 0, used = 0, most = 0 } = whole ?? {};
    return { bytes, tables: tables.map((table) => ({ ...table })), connections: { used, most } };
  });
}
