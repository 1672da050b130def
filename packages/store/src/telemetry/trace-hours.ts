import type { Sql } from "../connection/open-sql.ts";
import { clampInt8 } from "./copy-text.ts";
import { hourNs } from "./time.ts";

/**
 * From the first to the last hour in which spans of a trace start, `toNs` inclusive: leaves the partitions of other hours
 * out. Undefined: no span of it is known. `traceId` as Postgres reads a uuid.
 */
export async function traceHours(
  sql: Sql,
  traceId: string,
): Promise<{ readonly fromNs: bigint; readonly toNs: bigint } | undefined> {
  const [hours] = await sql<{ first: string | null; last: string | null }[]>`
    SELECT min(hour_ns) AS first, max(hour_ns) AS last FROM trace WHERE trace_id = ${traceId}`;
  if (hours?.first == null || hours.last == null) return undefined;
  return { fromNs: BigInt(hours.first), toNs: clampInt8(BigInt(hours.last) + hourNs - 1n) };
}
