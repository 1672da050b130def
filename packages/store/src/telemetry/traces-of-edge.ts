import type { Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { EdgeName, ServiceName, TraceSummary } from "./answers.ts";
import { hourOf, msToNs } from "./time.ts";
import { readTraceSummaries, type TraceKey } from "./trace-summaries.ts";

/** Traces with both services are looked at, newest first, up to so many. */
const mostCandidates = 2_000;

/**
 * Traces, newest first, in which a span of the destination has a parent of the source: that both took part is not
 * enough, they may have met through a third. A source outside the mesh has no spans; there, the destination's span
 * is the first of its trace.
 */
export function tracesOfEdge(
  sql: Sql,
  edge: EdgeName,
  window: Window,
  limit: number,
): Promise<TraceSummary[]> {
  return guarded(sql, async () => {
    const [sources, destinations] = await Promise.all([
      serviceIds(sql, edge.source),
      serviceIds(sql, edge.destination),
    ]);
    const [fromNs, toNs] = [msToNs(window.fromMs), msToNs(window.toMs)];
    const outside = edge.source.namespace === "";
    const keys = await sql<TraceKey[]>`
      WITH candidate AS MATERIALIZED (
        SELECT trace_id, hour_ns, start_ns, end_ns FROM trace
        WHERE start_ns >= ${fromNs.toString()} AND start_ns < ${toNs.toString()}
          AND hour_ns >= ${hourOf(fromNs).toString()} AND hour_ns < ${toNs.toString()}
          AND service_ids && ${destinations}::int[]
          ${outside ? sql`` : sql`AND service_ids && ${sources}::int[]`}
        ORDER BY start_ns DESC LIMIT ${mostCandidates}
      )
      SELECT trace_id AS "traceId", hour_ns AS "hourNs" FROM candidate t
      WHERE EXISTS (
        SELECT 1 FROM span callee ${
          outside
            ? sql``
            : sql`JOIN span caller ON caller.trace_id = callee.trace_id AND caller.span_id = callee.parent_span_id
                AND caller.service_id = ANY(${sources}::int[])
                AND caller.start_ns BETWEEN t.start_ns AND t.end_ns`
        }
        WHERE callee.trace_id = t.trace_id AND callee.start_ns BETWEEN t.start_ns AND t.end_ns
          AND callee.service_id = ANY(${destinations}::int[])
          ${outside ? sql`AND callee.parent_span_id IS NULL` : sql``}
      )
      ORDER BY start_ns DESC LIMIT ${limit}`;
    return readTraceSummaries(sql, keys);
  });
}

async function serviceIds(sql: Sql, { namespace, service }: ServiceName): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    SELECT id FROM telemetry_service WHERE namespace = ${namespace} AND name = ${service}`;
  return rows.map((row) => row.id);
}
