import { guarded, type Sql } from "../connection/open-sql.ts";
import type { SkeletonSpan, TraceSkeleton } from "./answers.ts";
import { int8ToSpanId, isTraceId, traceIdToUuid } from "./ids.ts";
import { type NamedOperation, namedOperations, unknownOperation } from "./named-operations.ts";
import { traceHours } from "./trace-hours.ts";

interface Row {
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly operationId: number;
  readonly kind: number;
  readonly status: number;
  readonly startNs: string;
  readonly durationNs: string;
  readonly events: number;
  readonly links: number;
}

/** More than any browser draws. */
export const mostSpans = 200_000;

/**
 * The spans of a trace as far as a waterfall draws them, in the order of their start: what else they say is asked of
 * `spanDetails`. A span that was sent twice comes once. None for an id that is unknown, or is none.
 */
export function traceSkeleton(
  sql: Sql,
  traceId: string,
  { limit = mostSpans }: { readonly limit?: number } = {},
): Promise<TraceSkeleton> {
  return guarded(sql, async () => {
    const nothing = { spans: [], isWhole: true };
    if (!isTraceId(traceId)) return nothing;
    const id = traceIdToUuid(traceId);
    const hours = await traceHours(sql, id);
    if (!hours) return nothing;
    const rows = await sql<Row[]>`
      SELECT DISTINCT ON (start_ns, span_id, service_id, kind)
        span_id AS "spanId", parent_span_id AS "parentSpanId", operation_id AS "operationId", kind, status,
        start_ns AS "startNs", duration_ns AS "durationNs",
        coalesce(jsonb_array_length(events), 0) AS events, coalesce(jsonb_array_length(links), 0) AS links
      FROM span WHERE trace_id = ${id} AND start_ns >= ${String(hours.fromNs)} AND start_ns <= ${String(hours.toNs)}
      ORDER BY start_ns, span_id, service_id, kind, duration_ns DESC LIMIT ${limit + 1}`;
    const names = await namedOperations(sql, [...new Set(rows.map(({ operationId }) => operationId))]);
    return { spans: rows.slice(0, limit).map((row) => toSpan(row, names)), isWhole: rows.length <= limit };
  });
}

function toSpan({ operationId, ...row }: Row, names: ReadonlyMap<number, NamedOperation>): SkeletonSpan {
  const { service, operation } = names.get(operationId) ?? unknownOperation;
  return {
    spanId: int8ToSpanId(row.spanId),
    parentSpanId: row.parentSpanId === null ? undefined : int8ToSpanId(row.parentSpanId),
    service,
    operation,
    kind: row.kind,
    status: row.status,
    startNs: BigInt(row.startNs),
    durationNs: BigInt(row.durationNs),
    events: row.events,
    links: row.links,
  };
}
