import {
  bucketLowerBound,
  type ConnectionSecurity,
  connectionSecurities,
  type SparseHistogram,
} from "@weir/domain";
import type { Signals } from "@weir/rollout";
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

/**
 * Requests that failed, as a service is judged by wherever something is decided: answers of class 5, none, and a gRPC status other
 * than OK.
 */
export function failuresOf(own: GroupSums, rows: readonly number[]): number {
  const { requests, errors } = trafficOf(own, rows);
  return Math.max(0, Math.min(requests, errors + outcomesOf(own, rows).grpcErrors));
}

/** What somebody did, as rollouts and guards compare it. */
export function signalsOf(own: GroupSums, rows: readonly number[]): Signals {
  const { requests } = trafficOf(own, rows);
  return { requests, failures: failuresOf(own, rows), durations: histogramOf(own, rows) };
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
  const { counts, start, end } = bucketsOf(sums, rows);
  let total = 0;
  for (let at = start; at < end; at++) total += Math.max(0, counts[at] as number);
  const found: (number | undefined)[] = [undefined, undefined, undefined];
  let next = 0;
  let rank = rankOf(next, total);
  let seen = 0;
  for (let at = start; next < quantiles.length && at < end; at++) {
    seen += Math.max(0, counts[at] as number);
    while (seen >= rank) {
      found[next++] = bucketLowerBound(sums.lowest + at - start + 0.5);
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
  const { counts, start, end } = bucketsOf(sums, rows);
  for (let at = start; at < end; at++) {
    const count = counts[at] as number;
    if (count <= 0) continue;
    histogram.indexes.push(sums.lowest + at - start);
    histogram.counts.push(count);
  }
  return histogram;
}

/** Where the counts of a histogram lie: those of one row, as most are, where they are anyway. */
interface BucketCounts {
  readonly counts: Float64Array;
  readonly start: number;
  readonly end: number;
}

function bucketsOf({ buckets, width }: SeriesSums, rows: readonly number[]): BucketCounts {
  const [first, ...others] = rows;
  if (first === undefined) return { counts: buckets, start: 0, end: 0 };
  const [start, end] = [first * width, (first + 1) * width];
  if (others.length === 0) return { counts: buckets, start, end };
  const sum = buckets.slice(start, end);
  for (const row of others)
    for (let i = 0; i < width; i++) sum[i] = (sum[i] as number) + (buckets[row * width + i] as number);
  return { counts: sum, start: 0, end: width };
}
