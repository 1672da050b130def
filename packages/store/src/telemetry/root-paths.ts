import { meshAttributes } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { TraceSummary } from "./answers.ts";
import { traceIdToUuid, uuidToTraceId } from "./ids.ts";
import { joinAttributeSet } from "./span-attributes.ts";

type Timed = Pick<TraceSummary, "traceId" | "startNs" | "durationNs">;

/**
 * The paths that the roots of these traces asked for, by trace id; traces whose root is no HTTP request, or has not
 * come, are left out. Operations are named without paths so that they stay few, but a list of traces is read by them.
 */
export async function rootPaths(sql: Sql, traces: readonly Timed[]): Promise<Map<string, string>> {
  const { fromNs, toNs } = extentOf(traces);
  const path = sql`coalesce(span.attributes ->> ${meshAttributes.path}, a.attributes ->> ${meshAttributes.path})`;
  const rows = await guarded(
    sql,
    () => sql<{ trace: string; path: string }[]>`
      SELECT DISTINCT ON (trace_id) trace_id AS trace, ${path} AS path FROM span ${joinAttributeSet(sql)}
      WHERE trace_id = ANY(${traces.map((trace) => traceIdToUuid(trace.traceId))}::uuid[])
        AND parent_span_id IS NULL AND ${path} IS NOT NULL
        AND start_ns BETWEEN ${String(fromNs)}::bigint AND ${String(toNs)}::bigint
      ORDER BY trace_id, start_ns`,
  );
  return new Map(rows.map(({ trace, path }) => [uuidToTraceId(trace), path]));
}

/** From the first start to the last end: leaves the partitions of other hours out. */
function extentOf(traces: readonly Timed[]) {
  let fromNs = traces[0]?.startNs ?? 0n;
  let toNs = fromNs;
  for (const { startNs, durationNs } of traces) {
    if (startNs < fromNs) fromNs = startNs;
    if (startNs + durationNs > toNs) toNs = startNs + durationNs;
  }
  return { fromNs, toNs };
}
