import { meshAttributes } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import { int8ToSpanId, isTraceId, traceIdToUuid } from "./ids.ts";
import { joinAttributeSet } from "./span-attributes.ts";
import { traceHours } from "./trace-hours.ts";

/** What a waterfall shows of a span's attributes before it is opened. */
export interface SpanMark {
  readonly spanId: string;
  /** Tells a caller from its server where they share one id. */
  readonly kind: number;
  /** Asked for; left out where the operation's name has it already. */
  readonly path: string | undefined;
  /** Whose sidecar recorded it, as it was written; undefined for an application's span. */
  readonly reporter: string | undefined;
  readonly upstreamNs: string | undefined;
  readonly flag: string | undefined;
}

interface Row {
  readonly spanId: string;
  readonly kind: number;
  readonly path: string | null;
  readonly reporter: string | null;
  readonly upstreamNs: string | null;
  readonly flag: string | null;
}

/** Of the spans of a trace that have any of these attributes, in no order. None for an id that is unknown, or is none. */
export function traceMarks(sql: Sql, traceId: string): Promise<SpanMark[]> {
  return guarded(sql, async () => {
    if (!isTraceId(traceId)) return [];
    const id = traceIdToUuid(traceId);
    const hours = await traceHours(sql, id);
    if (!hours) return [];
    const { path, reporter, upstreamNs, responseFlag } = meshAttributes;
    const of = (name: string) => sql`coalesce(span.attributes ->> ${name}, a.attributes ->> ${name})`;
    const rows = await sql<Row[]>`
      SELECT * FROM (
        SELECT span_id AS "spanId", kind,
          CASE WHEN position(${of(path)} IN o.name) = 0 THEN ${of(path)} END AS path, ${of(reporter)} AS reporter,
          ${of(upstreamNs)} AS "upstreamNs", ${of(responseFlag)} AS flag
        FROM span JOIN telemetry_operation o ON o.id = operation_id ${joinAttributeSet(sql)}
        WHERE trace_id = ${id} AND start_ns >= ${String(hours.fromNs)} AND start_ns <= ${String(hours.toNs)}
      ) marked WHERE path IS NOT NULL OR reporter IS NOT NULL`;
    return rows.map((row) => ({
      ...{ spanId: int8ToSpanId(row.spanId), kind: row.kind, path: row.path ?? undefined },
      ...{ reporter: row.reporter ?? undefined, upstreamNs: row.upstreamNs ?? undefined },
      flag: row.flag ?? undefined,
    }));
  });
}
