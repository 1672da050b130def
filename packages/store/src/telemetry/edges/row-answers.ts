import {
  bucketLowerBound,
  type ConnectionSecurity,
  connectionSecurities,
  type SparseHistogram,
} from "@weir/domain";
import type { Latency, Outcomes, Passing, Traffic } from "../answers.ts";
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

export function outcomesOf(own: GroupSums, rows: readonly number[]): Outcomes {
  const flags: Record<string, number> = {};
  let clientErrors = 0;
  let grpcErrors = 0;
  for (const row of rows) {
    clientErrors += own.clientErrors[row] ?? 0;
    grpcErrors += own.grpcErrors[row] ?? 0;
    for (const [flag, requests] of own.flags.get(row) ?? []) flags[flag] = (flags[flag] ?? 0) + requests;
  }
  return { clientErrors, grpcErrors, flags };
}

export function passingOf({ secured, resends }: GroupSums, rows: readonly number[]): Passing {
  const counts: Partial<Record<ConnectionSecurity, number>> = {};
  let tries = 0;
  for (const row of rows) {
    tries += resends[row] ?? 0;
    for (const security of connectionSecurities) {
      const requests = secured[security][row] ?? 0;
      if (requests > 0) counts[security] = (counts[security] ?? 0) + requests;
    }
  }
  return passing(counts, tries);
}

/** Of parts together. */
export function addedPassing(parts: readonly Passing[]): Passing {
  const counts: Partial<Record<ConnectionSecurity, number>> = {};
  let tries = 0;
  for (const { security = {}, resends = 0 } of parts) {
    tries += resends;
    for (const name of connectionSecurities)
      if (security[name] !== undefined) counts[name] = (counts[name] ?? 0) + security[name];
  }
  return passing(counts, tries);
}

function passing(security: Partial<Record<ConnectionSecurity, number>>, resends: number): Passing {
  return {
    ...(Object.keys(security).length > 0 && { security }),
    ...(resends > 0 && { resends }),
  };
}

/** As the domain's `quantile`, of the sum of rows whose buckets lie side by side. */
export function latencyOf({ sums }: GroupSums, rows: readonly number[]): Latency {
  const buckets = bucketsOf(sums, rows);
  let total = 0;
  for (let i = 0; i < buckets.length; i++) total += Math.max(0, buckets[i] as number);
  const found: (number | undefined)[] = [undefined, undefined, undefined];
  let next = 0;
  let rank = rankOf(next, total);
  let seen = 0;
  for (let i = 0; next < quantiles.length && i < buckets.length; i++) {
    seen += Math.max(0, buckets[i] as number);
    while (seen >= rank) {
      found[next++] = bucketLowerBound(sums.lowest + i + 0.5);
      rank = rankOf(next, total);
    }
  }
  const [p50, p95, p99] = found;
  return { p50, p95, p99 };
}

const quantiles = [0.5, 0.95, 0.99];

/** How many values there are up to the quantile, itself included; beyond the last quantile, and of none: never reached. */
function rankOf(quantile: number, total: number): number {
  const q = quantiles[quantile];
  return q === undefined || total === 0 ? Number.POSITIVE_INFINITY : Math.max(1, Math.ceil(q * total));
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
  const [first] = rows;
  if (first === undefined) return new Float64Array(0);
  const own = buckets.subarray(first * width, (first + 1) * width);
  if (rows.length === 1) return own;
  const sum = new Float64Array(own);
  for (let r = 1; r < rows.length; r++) {
    const start = (rows[r] as number) * width;
    for (let i = 0; i < width; i++) sum[i] = (sum[i] as number) + (buckets[start + i] as number);
  }
  return sum;
}
