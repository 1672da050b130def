import type { Sql } from "postgres";
import { hourOf } from "../time.ts";
import type { Slice } from "./slice.ts";
import type { Fragment } from "./span-matches.ts";
import type { TraceCursor } from "./trace-cursor.ts";

/** What is asked of traces as a whole. */
export interface TraceFilter {
  /** Of the start, `toNs` exclusive. */
  readonly window: Slice;
  /** Behind it in the order. */
  readonly cursor: TraceCursor | undefined;
  /** Inclusive. */
  readonly minDurationNs: bigint | undefined;
  readonly maxDurationNs: bigint | undefined;
  readonly failed: boolean;
  /** Some span is of one of these services; undefined: of any. */
  readonly serviceIds: readonly number[] | undefined;
}

/** What a row of `trace` must fulfil, as ` AND …`; `t` is its name in the statement. */
export function traceMatches(sql: Sql, filter: TraceFilter, t = sql`t`): Fragment {
  const { window, cursor, minDurationNs: min, maxDurationNs: max, failed, serviceIds } = filter;
  return sql`
    AND ${t}.start_ns >= ${String(window.fromNs)}::bigint AND ${t}.start_ns < ${String(window.toNs)}::bigint
    ${min === undefined ? sql`` : sql`AND ${t}.end_ns - ${t}.start_ns >= ${String(min)}::bigint`}
    ${max === undefined ? sql`` : sql`AND ${t}.end_ns - ${t}.start_ns <= ${String(max)}::bigint`}
    ${failed ? sql`AND ${t}.error_count > 0` : sql``}
    ${serviceIds ? sql`AND ${t}.service_ids && ${[...serviceIds]}::int[]` : sql``}
    ${cursor ? sql`AND (${t}.start_ns, ${t}.trace_id) < (${String(cursor.startNs)}::bigint, ${cursor.traceId}::uuid)` : sql``}`;
}

/** Leaves out the partitions of `trace` and `span_value` that have nothing of the slice. */
export function hoursOf(sql: Sql, column: Fragment, { fromNs, toNs }: Slice): Fragment {
  return sql`${column} >= ${String(hourOf(fromNs))}::bigint AND ${column} < ${String(toNs)}::bigint`;
}
