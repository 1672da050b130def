import type { Sql } from "postgres";
import { hourNs } from "../time.ts";
import type { Slice } from "./slice.ts";
import type { SpanCondition } from "./span-condition.ts";
import { type Fragment, spanMatches } from "./span-matches.ts";
import { hoursOf, type TraceFilter, traceMatches } from "./trace-matches.ts";

/** Traces with a span in the slice that fulfils the condition; see {@link tracesOfSpans}. */
export function sweepSpans(
  sql: Sql,
  filter: TraceFilter,
  condition: SpanCondition,
  slice: Slice,
  limit: number,
): Fragment {
  const spans = sql`
    SELECT s.trace_id, s.start_ns FROM span s WHERE ${startsIn(sql, slice)} ${spanMatches(sql, condition)}`;
  return tracesOfSpans(sql, filter, spans, slice, limit);
}

export function startsIn(sql: Sql, { fromNs, toNs }: Slice): Fragment {
  return sql`s.start_ns >= ${String(fromNs)}::bigint AND s.start_ns < ${String(toNs)}::bigint`;
}

/**
 * The traces of these spans (their `trace_id` and `start_ns`) that match the filter, in the order of the newest span of
 * each: `newestNs`. Where a trace begins is another matter: it may be long before the slice.
 */
export function tracesOfSpans(
  sql: Sql,
  filter: TraceFilter,
  spans: Fragment,
  slice: Slice,
  limit: number,
): Fragment {
  // Trace by trace, which `OFFSET 0` insists on: how few they are the planner cannot guess.
  return sql`
    SELECT t.trace_id AS "traceId", t.hour_ns AS "hourNs", t.start_ns AS "startNs", hit.newest_ns AS "newestNs"
    FROM (
      SELECT trace_id, ${hourOfStart(sql)} AS hour_ns, max(start_ns) AS newest_ns FROM (${spans}) AS span
      GROUP BY 1, 2
    ) AS hit CROSS JOIN LATERAL (
      SELECT t.trace_id, t.hour_ns, t.start_ns FROM trace t
      WHERE t.trace_id = hit.trace_id AND t.hour_ns = hit.hour_ns AND ${hoursOf(sql, sql`t.hour_ns`, slice)}
        ${traceMatches(sql, filter)} OFFSET 0
    ) AS t
    ORDER BY hit.newest_ns DESC LIMIT ${limit}`;
}

/** As `hourOf`: `%` keeps the sign of what lies before 1970. */
function hourOfStart(sql: Sql): Fragment {
  const hour = sql`${String(hourNs)}::bigint`;
  return sql`start_ns - ((start_ns % ${hour}) + ${hour}) % ${hour}`;
}
