import { bucketLowerBound, type SparseHistogram } from "@weir/domain";
import type { Latency, Traffic } from "../answers.ts";
import type { SeriesSums } from "./series-sums.ts";
import type { GroupSums } from "./sum-chunk.ts";

/** @param own absent: there are none at all. */
export function goldenSignals(own: GroupSums | undefined, rows: readonly number[]): Traffic & Latency {
  if (own) return { ...trafficOf(own, rows), ...latencyOf(own, rows) };
  return { requests: 0, errors: 0, p50: undefined, p95: undefined, p99: undefined };
}

/** Of rows together. What spans took back from more than they had given (clocks differ) counts as nothing. */
export function trafficOf({ sums, errors }: GroupSums, rows: Iterable<number>): Traffic {
  let requests = 0;
  let failed = 0;
  for (const row of rows) {
    requests += sums.requests[row] ?? 0;
    failed += errors[row] ?? 0;
  }
  return { requests: Math.max(0, requests), errors: Math.max(0, failed) };
}

export function latencyOf({ sums }: GroupSums, rows: readonly number[]): Latency {
  const buckets = bucketsOf(sums, rows);
  let total = 0;
  for (const count of buckets) if (count > 0) total += count;
  return {
    p50: quantileOf(buckets, sums.lowest, total, 0.5),
    p95: quantileOf(buckets, sums.lowest, total, 0.95),
    p99: quantileOf(buckets, sums.lowest, total, 0.99),
  };
}

/** As the domain's `quantile`, of buckets that lie side by side. */
function quantileOf(buckets: Float64Array, lowest: number, total: number, q: number): number | undefined {
  if (total === 0) return undefined;
  const rank = Math.max(1, Math.ceil(q * total));
  let seen = 0;
  for (let i = 0; i < buckets.length; i++) {
    const count = buckets[i] as number;
    if (count > 0) seen += count;
    if (seen >= rank) return bucketLowerBound(lowest + i + 0.5);
  }
  return undefined;
}

export function histogramOf({ sums }: GroupSums, rows: readonly number[]): SparseHistogram {
  const histogram = { indexes: [] as number[], counts: [] as number[] };
  bucketsOf(sums, rows).forEach((count, i) => {
    if (count <= 0) return;
    histogram.indexes.push(sums.lowest + i);
    histogram.counts.push(count);
  });
  return histogram;
}

function bucketsOf({ buckets, width }: SeriesSums, rows: readonly number[]): Float64Array {
  const [first = 0] = rows;
  const own = buckets.subarray(first * width, (first + 1) * width);
  if (rows.length <= 1) return rows.length === 1 ? own : new Float64Array(0);
  const sum = new Float64Array(own);
  for (const row of rows.slice(1))
    for (let i = 0; i < width; i++) sum[i] = (sum[i] as number) + (buckets[row * width + i] as number);
  return sum;
}
