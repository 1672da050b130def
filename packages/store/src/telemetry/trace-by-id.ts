import { guarded, type Sql } from "../connection/open-sql.ts";
import type { TraceSpan } from "./answers.ts";
import { int8ToSpanId, isTraceId, traceIdToUuid, uuidToTraceId } from "./ids.ts";
import { hourNs } from "./time.ts";

interface Row {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
  readonly operation: string;
  readonly kind: number;
  readonly status: number;
  readonly statusMessage: string | null;
  readonly startNs: string;
  readonly durationNs: string;
  readonly attributes: Record<string, unknown>;
  readonly resource: Record<string, unknown>;
  readonly events: unknown[] | null;
  readonly links: unknown[] | null;
}

/** All spans of a trace in the order of their start; none for an id that is unknown, or is none. */
export function traceById(sql: Sql, traceId: string): Promise<TraceSpan[]> {
  return guarded(sql, async () => {
    if (!isTraceId(traceId)) return [];
    const id = traceIdToUuid(traceId);
    const [hours] = await sql<{ first: string | null; last: string | null }[]>`
      SELECT min(hour_ns) AS first, max(hour_ns) AS last FROM trace WHERE trace_id = ${id}`;
    if (hours?.first == null || hours.last == null) return [];
    const rows = await sql<Row[]>`
      SELECT trace_id AS "traceId", span_id AS "spanId", parent_span_id AS "parentSpanId", s.namespace, s.name,
        s.version, o.name AS operation, kind, status, status_message AS "statusMessage", start_ns AS "startNs",
        duration_ns AS "durationNs", span.attributes, coalesce(r.attributes, '{}') AS resource, events, links
      FROM span JOIN telemetry_service s ON s.id = span.service_id
        JOIN telemetry_operation o ON o.id = operation_id LEFT JOIN telemetry_resource r ON r.id = resource_id
      WHERE trace_id = ${id} AND start_ns >= ${hours.first}
        AND start_ns <= ${(BigInt(hours.last) + hourNs - 1n).toString()}
      ORDER BY start_ns, span_id`;
    return rows.map(toSpan);
  });
}

function toSpan({ namespace, name, version, ...row }: Row): TraceSpan {
  return {
    ...row,
    traceId: uuidToTraceId(row.traceId),
    spanId: int8ToSpanId(row.spanId),
    parentSpanId: row.parentSpanId === null ? undefined : int8ToSpanId(row.parentSpanId),
    service: { namespace, name, version },
    statusMessage: row.statusMessage ?? undefined,
    startNs: BigInt(row.startNs),
    durationNs: BigInt(row.durationNs),
    events: row.events ?? [],
    links: row.links ?? [],
  };
}
