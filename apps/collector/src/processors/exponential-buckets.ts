import { bucketIndex, mergeHistograms, rescaleIndex, type SparseHistogram } from "@weir/domain";
import type { Buckets, ExponentialHistogramDataPoint } from "@weir/telemetry/otlp";

/** Scales that OpenTelemetry's SDKs use (data model: exponential scale). */
const smallestScale = -10;
const largestScale = 20;
/** The database keeps indexes in 16 bits; at scale 4 every double falls between half of that to either side. */
const furthestIndex = 2 ** 15 - 1;

/**
 * The positive buckets and the zero bucket of a point at scale 4, sparse; zeros stand in the lowest bucket kept.
 * Undefined when a scale, an index or a count is beyond what can be stored.
 */
export function sparseHistogramOf(point: ExponentialHistogramDataPoint): SparseHistogram | undefined {
  const positive = bucketsAtScale4(point.positive, point.scale);
  if (!positive || !isCount(point.zeroCount)) return undefined;
  if (point.zeroCount === 0) return positive;
  return mergeHistograms([positive, { indexes: [bucketIndex(0)], counts: [point.zeroCount] }]);
}

/** One side of a histogram of any scale, at scale 4. */
export function bucketsAtScale4(buckets: Buckets | undefined, scale: number): SparseHistogram | undefined {
  if (scale < smallestScale || scale > largestScale) return undefined;
  const counts = new Map<number, number>();
  for (const [i, count] of (buckets?.bucketCounts ?? []).entries()) {
    if (count === 0) continue;
    const index = rescaleIndex((buckets?.offset ?? 0) + i, scale);
    if (!isCount(count) || Math.abs(index) > furthestIndex) return undefined;
    counts.set(index, (counts.get(index) ?? 0) + count);
  }
  // Indexes ascend with i, and so do the keys of the map.
  return { indexes: [...counts.keys()], counts: [...counts.values()] };
}

/** Counts beyond 2^53 are no counts of requests, and would overflow when they are added up. */
export function isCount(count: number): boolean {
  return Number.isSafeInteger(count) && count >= 0;
}
