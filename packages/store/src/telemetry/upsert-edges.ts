import { mergeHistograms, type SparseHistogram } from "@weir/domain";
import type { TransactionSql } from "../connection/open-sql.ts";
import { clampInt2 } from "./copy-text.ts";
import { isTraceId, traceIdToUuid } from "./ids.ts";
import type { ResolvedRequest } from "./resolved-batch.ts";
import { slotOfIntervalEnd } from "./time.ts";

type Point = ResolvedRequest["edgePoints"][number];

interface EdgeRow {
  readonly seriesId: number;
  readonly slotMs: number;
  requests: number;
  requestBytes: number;
  responseBytes: number;
  durationSum: number;
  readonly histograms: SparseHistogram[];
  readonly exemplars: Map<number, string>;
}

/** Adds points to their series and slot: counts are summed, histograms merged, the newest exemplar a bucket kept. */
export async function upsertEdges(transaction: TransactionSql, points: Iterable<Point>): Promise<void> {
  const rows = [...sumUp(points).values()].sort((a, b) => a.seriesId - b.seriesId || a.slotMs - b.slotMs);
  if (rows.length === 0) return;
  const histograms = rows.map((row) => mergeHistograms(row.histograms));
  const exemplars = rows.map((row) => [...row.exemplars].sort(([a], [b]) => a - b));
  const column = <T>(value: (row: EdgeRow) => T): T[] => rows.map(value);
  await transaction`
    INSERT INTO edge_10s AS known (series_id, slot_ms, requests, request_bytes, response_bytes, duration_sum,
      bucket_indexes, bucket_counts, exemplar_buckets, exemplar_traces)
    SELECT series_id, slot_ms, requests, request_bytes, response_bytes, duration_sum,
      bucket_indexes::smallint[], bucket_counts::bigint[], exemplar_buckets::smallint[], exemplar_traces::uuid[]
    FROM unnest(
      ${column((row) => row.seriesId)}::int[], ${column((row) => row.slotMs)}::bigint[],
      ${column((row) => row.requests)}::bigint[], ${column((row) => row.requestBytes)}::bigint[],
      ${column((row) => row.responseBytes)}::bigint[], ${column((row) => row.durationSum)}::float8[],
      ${histograms.map(({ indexes }) => literal(indexes))}::text[],
      ${histograms.map(({ counts }) => literal(counts))}::text[],
      ${exemplars.map((entries) => literal(entries.map(([bucket]) => bucket)))}::text[],
      ${exemplars.map((entries) => literal(entries.map(([, traceId]) => traceId)))}::text[]
    ) AS added (series_id, slot_ms, requests, request_bytes, response_bytes, duration_sum, bucket_indexes,
      bucket_counts, exemplar_buckets, exemplar_traces)
    ORDER BY series_id, slot_ms -- several collectors lock the same rows in the same order
    ON CONFLICT (series_id, slot_ms) DO UPDATE SET
      requests = known.requests + excluded.requests,
      request_bytes = known.request_bytes + excluded.request_bytes,
      response_bytes = known.response_bytes + excluded.response_bytes,
      duration_sum = known.duration_sum + excluded.duration_sum,
      (bucket_indexes, bucket_counts) = (SELECT indexes, counts FROM weir_merge_histogram(
        known.bucket_indexes, known.bucket_counts, excluded.bucket_indexes, excluded.bucket_counts)),
      (exemplar_buckets, exemplar_traces) = (SELECT buckets, traces FROM weir_merge_exemplars(
        known.exemplar_buckets, known.exemplar_traces, excluded.exemplar_buckets, excluded.exemplar_traces))`;
}

function sumUp(points: Iterable<Point>): Map<string, EdgeRow> {
  const rows = new Map<string, EdgeRow>();
  for (const point of points) {
    const slotMs = slotOfIntervalEnd(point.timeMs);
    const key = `${point.seriesId}:${slotMs}`;
    let row = rows.get(key);
    if (!row) {
      row = {
        ...{ seriesId: point.seriesId, slotMs, requests: 0, requestBytes: 0, responseBytes: 0 },
        ...{ durationSum: 0, histograms: [], exemplars: new Map() },
      };
      rows.set(key, row);
    }
    row.requests += count(point.requests);
    row.requestBytes += count(point.requestBytes);
    row.responseBytes += count(point.responseBytes);
    row.durationSum += Number.isFinite(point.durationSumSeconds) ? point.durationSumSeconds : 0;
    row.histograms.push(storable(point.histogram));
    for (const { bucketIndex, traceId } of point.exemplars)
      if (isTraceId(traceId)) row.exemplars.set(clampInt2(bucketIndex), traceIdToUuid(traceId));
  }
  return rows;
}

/** A delta below zero or without a number is a sender's mistake that must not take away from others' counts. */
export function count(value: number): number {
  return value > 0 && Number.isFinite(value) ? Math.min(Math.round(value), Number.MAX_SAFE_INTEGER) : 0;
}

function storable({ indexes, counts }: SparseHistogram): SparseHistogram {
  const kept = indexes
    .map((index, i) => ({ index: clampInt2(index), count: count(counts[i] ?? 0) }))
    .filter((bucket) => bucket.count > 0);
  return { indexes: kept.map((bucket) => bucket.index), counts: kept.map((bucket) => bucket.count) };
}

function literal(values: readonly (number | string)[]): string {
  return `{${values.join(",")}}`;
}
