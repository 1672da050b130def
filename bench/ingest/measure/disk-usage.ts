import type { Sql } from "@weir/store";

/** Bytes of each table with its indexes, partitions summed, by the table's name. */
export type DiskUsage = ReadonlyMap<string, number>;

/** After a checkpoint, so that what is counted has been written. */
export async function diskUsage(sql: Sql): Promise<DiskUsage> {
  await sql`CHECKPOINT`;
  const rows = await sql<{ name: string; bytes: number }[]>`
    SELECT r.relname AS name, sum(pg_total_relation_size(c.oid))::float8 AS bytes
    FROM pg_class c JOIN pg_class r ON r.oid = coalesce(pg_partition_root(c.oid), c.oid)
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
    GROUP BY 1`;
  return new Map(rows.map(({ name, bytes }) => [name, bytes]));
}

/** By how much each table has grown, for one of `items`; those that have not are left out. */
export function growthEach(before: DiskUsage, after: DiskUsage, items: number): Map<string, number> {
  const grown = [...after]
    .map(([name, bytes]) => [name, (bytes - (before.get(name) ?? 0)) / items] as const)
    .filter(([, bytes]) => bytes > 0);
  return new Map(grown.sort(([, a], [, b]) => b - a));
}
