import { guarded, type Sql } from "../connection/open-sql.ts";
import { int8ToSpanId, isTraceId, traceIdToUuid } from "./ids.ts";

/** What policies said about the request of one span, as its sidecar's access log holds it. */
export interface SpanDecisions {
  readonly spanId: string;
  /** Objects with the fields of the domain's `Decision`; kept as received. */
  readonly decisions: readonly unknown[];
}

/**
 * The decisions of a trace's requests, from the access log: spans themselves do not carry them. `extent` must hold
 * the time of the log lines, and leaves the other hours' partitions out. Empty for an id that is none.
 */
export async function decisionsOfTrace(
  sql: Sql,
  traceId: string,
  extent: { readonly fromNs: bigint; readonly toNs: bigint },
): Promise<SpanDecisions[]> {
  if (!isTraceId(traceId)) return [];
  const rows = await guarded(
    sql,
    () => sql<{ span_id: string; decisions: unknown[] }[]>`
      SELECT span_id, decisions FROM access_log
      WHERE time_ns BETWEEN ${String(extent.fromNs)}::bigint AND ${String(extent.toNs)}::bigint
        AND trace_id = ${traceIdToUuid(traceId)}::uuid
        AND span_id IS NOT NULL AND decisions <> '[]'`,
  );
  return rows.map((row) => ({ spanId: int8ToSpanId(row.span_id), decisions: row.decisions }));
}
