import { guarded, type Sql } from "../connection/open-sql.ts";
import type { TraceSpan } from "./answers.ts";
import { int8ToSpanId, isTraceId, traceIdToUuid, uuidToTraceId } from "./ids.ts";
import { allAttributes, joinAttributeSet } from "./span-attributes.ts";
import { traceHours } from "./trace-hours.ts";

interface Row {
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

/**
 * All spans of a trace with all that they say, in the order of their start; none for an id that is unknown, or is none.
 * A span that was sent twice comes once. For what may be a long trace there is `traceSkeleton`.
 */
export function traceById(sql: Sql, traceId: string): Promise<TraceSpan[]> {
  return guarded(sql, async () => {
    if (!isTraceId(traceId)) return [];
    const id = traceIdToUuid(traceId);
    const hours = await traceHours(sql, id);
    if (!hours) return [];
    const rows = await sql<Row[]>`
      SELECT DISTINCT ON (start_ns, span_id, span.service_id, kind)
        span_id AS "spanId", parent_span_id AS "parentSpanId", s.namespace, s.name, s.version, o.name AS operation, kind,
        status, status_message AS "statusMessage", start_ns AS "startNs", duration_ns AS "durationNs",
        ${allAttributes(sql)} AS attributes, coalesce(r.attributes, '{}') AS resource, events, links
      FROM span JOIN telemetry_service s ON s.id = span.service_id JOIN telemetry_operation o ON o.id = operation_id
        LEFT JOIN telemetry_resource r ON r.id = resource_id ${joinAttributeSet(sql)}
      WHERE trace_id = ${id} AND start_ns >= ${String(hours.fromNs)} AND start_ns <= ${String(hours.toNs)}
      ORDER BY start_ns, span_id, span.service_id, kind, duration_ns DESC`;
    return rows.map((row) => toSpan(uuidToTraceId(id), row));
  });
}

function toSpan(traceId: string, { namespace, name, version, ...row }: Row): TraceSpan {
  return {
    ...row,
    traceId,
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
