import type { TransactionSql } from "../connection/open-sql.ts";
import { clampInt8 } from "./copy-text.ts";
import { traceIdToUuid } from "./ids.ts";
import type { ResolvedRequest } from "./resolved-batch.ts";
import { hourOf } from "./time.ts";

type Span = ResolvedRequest["spans"][number];

interface TraceRow {
  readonly traceId: string;
  readonly hourNs: bigint;
  startNs: bigint;
  endNs: bigint;
  spanCount: number;
  errorCount: number;
  root: { operationId: number; startNs: bigint; endNs: bigint } | undefined;
  firstOperationId: number;
  readonly operationIds: Set<number>;
  readonly serviceIds: Set<number>;
}

const statusError = 2;

/** Adds spans to the summaries of their traces, one row a trace and hour (of the span's start). */
export async function upsertTraces(transaction: TransactionSql, spans: Iterable<Span>): Promise<void> {
  const rows = [...summarise(spans).entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  if (rows.length === 0) return;
  const column = <T>(value: (row: TraceRow) => T): T[] => rows.map(value);
  await transaction`
    INSERT INTO trace AS known (trace_id, hour_ns, start_ns, end_ns, span_count, error_count, root_operation_id,
      root_start_ns, root_end_ns, first_operation_id, operation_ids, service_ids)
    SELECT trace_id, hour_ns, start_ns, end_ns, span_count, error_count, root_operation_id,
      root_start_ns, root_end_ns, first_operation_id, operation_ids::int[], service_ids::int[]
    FROM unnest(
      ${column((row) => row.traceId)}::uuid[], ${column((row) => String(row.hourNs))}::bigint[],
      ${column((row) => String(row.startNs))}::bigint[], ${column((row) => String(row.endNs))}::bigint[],
      ${column((row) => row.spanCount)}::int[], ${column((row) => row.errorCount)}::int[],
      ${column((row) => row.root?.operationId ?? null)}::int[],
      ${column((row) => row.root?.startNs.toString() ?? null)}::bigint[],
      ${column((row) => row.root?.endNs.toString() ?? null)}::bigint[], ${column((row) => row.firstOperationId)}::int[],
      ${column((row) => arrayLiteral(row.operationIds))}::text[],
      ${column((row) => arrayLiteral(row.serviceIds))}::text[]
    ) AS added (trace_id, hour_ns, start_ns, end_ns, span_count, error_count, root_operation_id, root_start_ns,
      root_end_ns, first_operation_id, operation_ids, service_ids)
    ORDER BY trace_id, hour_ns -- several collectors lock the same rows in the same order
    ON CONFLICT (trace_id, hour_ns) DO UPDATE SET
      start_ns = LEAST(known.start_ns, excluded.start_ns),
      end_ns = GREATEST(known.end_ns, excluded.end_ns),
      span_count = known.span_count + excluded.span_count,
      error_count = known.error_count + excluded.error_count,
      root_operation_id = coalesce(known.root_operation_id, excluded.root_operation_id),
      root_start_ns = coalesce(known.root_start_ns, excluded.root_start_ns),
      root_end_ns = coalesce(known.root_end_ns, excluded.root_end_ns),
      first_operation_id = CASE WHEN excluded.start_ns < known.start_ns
        THEN excluded.first_operation_id ELSE known.first_operation_id END,
      operation_ids = weir_union(known.operation_ids, excluded.operation_ids),
      service_ids = weir_union(known.service_ids, excluded.service_ids)`;
}

function summarise(spans: Iterable<Span>): Map<string, TraceRow> {
  const rows = new Map<string, TraceRow>();
  for (const span of spans) {
    const traceId = traceIdToUuid(span.traceId);
    const startNs = clampInt8(span.startNs);
    const endNs = clampInt8(startNs + (span.durationNs > 0n ? span.durationNs : 0n));
    const hourNs = clampInt8(hourOf(startNs));
    const key = `${traceId}:${hourNs}`;
    let row = rows.get(key);
    if (!row) {
      row = {
        ...{ traceId, hourNs, startNs, endNs, spanCount: 0, errorCount: 0, root: undefined },
        ...{ firstOperationId: span.operationId, operationIds: new Set(), serviceIds: new Set() },
      };
      rows.set(key, row);
    }
    if (startNs < row.startNs) {
      row.startNs = startNs;
      row.firstOperationId = span.operationId;
    }
    if (endNs > row.endNs) row.endNs = endNs;
    row.spanCount++;
    if (span.status === statusError) row.errorCount++;
    if (span.parentSpanId === undefined) row.root ??= { operationId: span.operationId, startNs, endNs };
    row.operationIds.add(span.operationId);
    row.serviceIds.add(span.serviceId);
  }
  return rows;
}

function arrayLiteral(ids: ReadonlySet<number>): string {
  return `{${[...ids].sort((a, b) => a - b).join(",")}}`;
}
