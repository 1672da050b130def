import { guarded, type Sql } from "../connection/open-sql.ts";
import type { SpanDetails } from "./answers.ts";
import { int8ToSpanId, isTraceId, spanIdToInt8, traceIdToUuid } from "./ids.ts";
import { allAttributes, joinAttributeSet } from "./span-attributes.ts";
import { traceHours } from "./trace-hours.ts";

interface Row {
  readonly spanId: string;
  readonly kind: number;
  readonly startNs: string;
  readonly statusMessage: string | null;
  readonly attributes: Record<string, unknown>;
  readonly resource: Record<string, unknown>;
  readonly events: unknown[] | null;
  readonly links: unknown[] | null;
}

const spanIdForm = /^[0-9a-f]{16}$/i;

/**
 * What spans of a trace say beyond their place in it, in the order of their start. Two come for one id where a caller and
 * its server share it, as Zipkin's do: their kinds tell them apart. Ids that are unknown, or are none, have no answer.
 */
export function spanDetails(sql: Sql, traceId: string, spanIds: readonly string[]): Promise<SpanDetails[]> {
  return guarded(sql, async () => {
    const wanted = spanIds.filter((id) => spanIdForm.test(id)).map((id) => String(spanIdToInt8(id)));
    if (!isTraceId(traceId) || wanted.length === 0) return [];
    const id = traceIdToUuid(traceId);
    const hours = await traceHours(sql, id);
    if (!hours) return [];
    const rows = await sql<Row[]>`
      SELECT DISTINCT ON (start_ns, span_id, service_id, kind)
        span_id AS "spanId", kind, start_ns AS "startNs", status_message AS "statusMessage",
        ${allAttributes(sql)} AS attributes, coalesce(r.attributes, '{}') AS resource, events, links
      FROM span LEFT JOIN telemetry_resource r ON r.id = resource_id ${joinAttributeSet(sql)}
      WHERE trace_id = ${id} AND start_ns >= ${String(hours.fromNs)} AND start_ns <= ${String(hours.toNs)}
        AND span_id = ANY(${wanted}::bigint[])
      ORDER BY start_ns, span_id, service_id, kind, duration_ns DESC`;
    return rows.map((row) => ({
      ...row,
      spanId: int8ToSpanId(row.spanId),
      startNs: BigInt(row.startNs),
      statusMessage: row.statusMessage ?? undefined,
      events: row.events ?? [],
      links: row.links ?? [],
    }));
  });
}
