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

/** As the domain's `quantile`, of the sum of rows whose buckets lie side by side. */
export function latencyOf({ sums }: GroupSums, rows: readonly number[]): Latency {
  const { width } = sums;
  let total = 0;
  for (let i = 0; i < width; i++) total += countAt(sums, rows, i);
  const found: (number | undefined)[] = [undefined, undefined, undefined];
  let next = 0;
  let seen = 0;
  for (let i = 0; i < width && next < quantiles.length; i++) {
    seen += countAt(sums, rows, i);
    while (seen >= rankOf(next, total)) found[next++] = bucketLowerBound(sums.lowest + i + 0.5);
  }
  const [p50, p95, p99] = found;
  return { p50, p95, p99 };
}

/** Of all rows, in their place `i`; never below zero. */
function countAt({ buckets, width }: SeriesSums, rows: readonly number[], i: number): number {
  let count = 0;
  for (let r = 0; r < rows.length; r++) count += buckets[(rows[r] as number) * width + i] as number;
  return Math.max(0, count);
}

const quantiles = [0.5, 0.95, 0.99];

/** How many values there are up to the quantile, itself included; beyond the last quantile, and of none: never reached. */
function rankOf(quantile: number, total: number): number {
  const q = quantiles[quantile];
  return q === undefined || total === 0 ? Number.POSITIVE_INFINITY : Math.max(1, Math.ceil(q * total));
}

export function histogramOf({ sums }: GroupSums, rows: readonly number[]): SparseHistogram {
  const histogram = { indexes: [] as number[], counts: [] as number[] };
  for (let i = 0; i < sums.width; i++) {
    const count = countAt(sums, rows, i);
    if (count === 0) continue;
    histogram.indexes.push(sums.lowest + i);
    histogram.counts.push(count);
  }
  return histogram;
}
