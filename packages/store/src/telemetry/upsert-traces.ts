import type { TransactionSql } from "../connection/open-sql.ts";
import { clampInt8 } from "./copy-text.ts";
import type { DictionaryEntry } from "./spans/dictionary-entry.ts";
import type { TraceRow } from "./spans/trace-rows.ts";
import { hourNs } from "./time.ts";

/** How many spans of a trace are stored in an hour, and which. */
export interface TraceState {
  readonly count: number;
  readonly signature: number;
}

/**
 * Adds rows to the summaries of their traces, one row a trace and hour. Gives what each summary says of its
 * spans now, in the order of the rows; from here on nobody else can add to these traces until the transaction ends.
 */
export async function upsertTraces(
  transaction: TransactionSql,
  rows: readonly TraceRow[],
): Promise<TraceState[]> {
  if (rows.length === 0) return [];
  const column = <T>(value: (row: TraceRow) => T): T[] => rows.map(value);
  const counted = await transaction<(TraceState & { position: number })[]>`
    WITH added AS (
      SELECT * FROM unnest(
        ${column((row) => Buffer.from(row.trace, "latin1").toString("hex"))}::uuid[],
        ${column((row) => String(clampInt8(BigInt(row.hour) * hourNs)))}::bigint[],
        ${column((row) => int8(row.startHigh, row.startLow))}::bigint[],
        ${column((row) => int8(row.endHigh, row.endLow))}::bigint[],
        ${column((row) => row.spanCount)}::int[], ${column((row) => row.errorCount)}::int[],
        ${column((row) => row.root?.id ?? null)}::int[], ${column((row) => row.first.id)}::int[],
        ${column((row) => ids(row.operations))}::text[], ${column((row) => ids(row.services))}::text[],
        ${column((row) => row.signature)}::bigint[]
      ) WITH ORDINALITY AS added (trace_id, hour_ns, start_ns, end_ns, span_count, error_count, root_operation_id,
        first_operation_id, operation_ids, service_ids, span_signature, position)
    ), stored AS (
      INSERT INTO trace AS known (trace_id, hour_ns, start_ns, end_ns, span_count, error_count, root_operation_id,
        first_operation_id, operation_ids, service_ids, span_signature)
      SELECT trace_id, hour_ns, start_ns, end_ns, span_count, error_count, root_operation_id, first_operation_id,
        operation_ids::int[], service_ids::int[], span_signature
      FROM added ORDER BY position -- several collectors lock the same rows in the same order
      ON CONFLICT (trace_id, hour_ns) DO UPDATE SET
        start_ns = LEAST(known.start_ns, excluded.start_ns),
        end_ns = GREATEST(known.end_ns, excluded.end_ns),
        span_count = known.span_count + excluded.span_count,
        span_signature = known.span_signature + excluded.span_signature,
        error_count = known.error_count + excluded.error_count,
        root_operation_id = coalesce(known.root_operation_id, excluded.root_operation_id),
        first_operation_id = CASE WHEN excluded.start_ns < known.start_ns
          THEN excluded.first_operation_id ELSE known.first_operation_id END,
        operation_ids = CASE WHEN known.operation_ids @> excluded.operation_ids THEN known.operation_ids
          ELSE weir_union(known.operation_ids, excluded.operation_ids) END,
        service_ids = CASE WHEN known.service_ids @> excluded.service_ids THEN known.service_ids
          ELSE weir_union(known.service_ids, excluded.service_ids) END
      RETURNING trace_id, hour_ns, span_count, span_signature
    )
    SELECT position::int, stored.span_count AS count, stored.span_signature::float8 AS signature
    FROM added JOIN stored USING (trace_id, hour_ns)`;
  const states = new Array<TraceState>(rows.length).fill({ count: 0, signature: 0 });
  for (const { position, count, signature } of counted) states[position - 1] = { count, signature };
  return states;
}

function ids(entries: readonly DictionaryEntry[]): string {
  // Names that were cut to the same text are two entries of one id.
  const distinct = new Set(entries.map(({ id }) => id));
  return `{${[...distinct].sort((a, b) => a - b).join(",")}}`;
}

function int8(high: number, low: number): string {
  return String((BigInt(high) << 32n) + BigInt(low));
}
