import type { Sql } from "postgres";
import type { Slice } from "./slice.ts";
import type { SpanCondition } from "./span-condition.ts";
import type { Fragment } from "./span-matches.ts";
import { hoursOf, type TraceFilter, traceMatches } from "./trace-matches.ts";

/**
 * Traces that start in the slice, the newest first, by what their summaries say. Of a condition on spans these know
 * the services and operations, so it must have no more than that.
 */
export function sweepTraces(
  sql: Sql,
  filter: TraceFilter,
  condition: Pick<SpanCondition, "serviceIds" | "operationIds"> | undefined,
  slice: Slice,
  limit: number,
): Fragment {
  const { serviceIds, operationIds } = condition ?? {};
  return sql`
    SELECT t.trace_id AS "traceId", t.hour_ns AS "hourNs", t.start_ns AS "startNs" FROM trace t
    WHERE ${hoursOf(sql, sql`t.hour_ns`, slice)} ${traceMatches(sql, { ...filter, window: slice })}
      ${serviceIds ? sql`AND t.service_ids && ${[...serviceIds]}::int[]` : sql``}
      ${operationIds ? sql`AND t.operation_ids && ${[...operationIds]}::int[]` : sql``}
    ORDER BY t.start_ns DESC, t.trace_id DESC LIMIT ${limit}`;
}
