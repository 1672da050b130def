import type { Sql } from "postgres";
import { hourNs, hourOf } from "../time.ts";
import type { Slice } from "./slice.ts";
import type { SpanCondition } from "./span-condition.ts";
import { type Fragment, spanMatches } from "./span-matches.ts";
import { startsIn } from "./sweep-spans.ts";
import { hoursOf, type TraceFilter, traceMatches } from "./trace-matches.ts";

/**
 * Traces that start in the slice, the newest first, by what their summaries say of the services and operations of their
 * spans. Of a caller they say that it took part; that it called is looked up in the spans of those that are left.
 */
export function sweepTraces(
  sql: Sql,
  filter: TraceFilter,
  condition: SpanCondition | undefined,
  slice: Slice,
  limit: number,
): Fragment {
  return sql`
    SELECT t.trace_id AS "traceId", t.hour_ns AS "hourNs", t.start_ns AS "startNs" FROM trace t
    WHERE ${hoursOf(sql, sql`t.hour_ns`, slice)} ${traceMatches(sql, { ...filter, window: slice })}
      ${tookPart(sql, condition, sql`t`)}
      ${condition?.callerIds ? sql`AND ${hasSpan(sql, condition, slice)}` : isFirst(sql, filter, condition)}
    ORDER BY t.start_ns DESC, t.trace_id DESC LIMIT ${limit}`;
}

/** What the summary says of the services and operations of a trace's spans. */
function tookPart(sql: Sql, condition: SpanCondition | undefined, t: Fragment): Fragment {
  const { serviceIds, operationIds, callerIds } = condition ?? {};
  return sql`
    ${serviceIds ? sql`AND ${t}.service_ids && ${[...serviceIds]}::int[]` : sql``}
    ${operationIds ? sql`AND ${t}.operation_ids && ${[...operationIds]}::int[]` : sql``}
    ${callerIds && callerIds !== "outside" ? sql`AND ${t}.service_ids && ${[...callerIds]}::int[]` : sql``}`;
}

/**
 * A trace that runs over the hour has a summary on both sides: it is found by the first that matches. A scalar question,
 * so that it is asked of the few rows that are left, one by one.
 */
function isFirst(sql: Sql, filter: TraceFilter, condition: SpanCondition | undefined): Fragment {
  return sql`AND (
    SELECT true FROM trace e WHERE e.trace_id = t.trace_id AND e.hour_ns = t.hour_ns - ${String(hourNs)}::bigint
      ${traceMatches(sql, filter, sql`e`)} ${tookPart(sql, condition, sql`e`)}
  ) IS NULL`;
}

/** A summary is of one hour's spans. */
function hasSpan(sql: Sql, condition: SpanCondition, slice: Slice): Fragment {
  const hours = { fromNs: slice.fromNs, toNs: hourOf(slice.toNs - 1n) + hourNs };
  return sql`EXISTS (
    SELECT 1 FROM span s WHERE s.trace_id = t.trace_id AND s.start_ns BETWEEN t.start_ns AND t.end_ns
      AND ${startsIn(sql, hours)} ${spanMatches(sql, condition)})`;
}
