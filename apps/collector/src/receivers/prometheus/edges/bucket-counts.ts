import { apportion } from "./apportion.ts";

/** Counts by index of the exponential histogram that is stored (scale 4, seconds). */
export type BucketCounts = Map<number, number>;

export function totalOf(buckets: ReadonlyMap<number, number>): number {
  return buckets.values().reduce((sum, count) => sum + count, 0);
}

export function addBuckets(to: BucketCounts, more: ReadonlyMap<number, number>): void {
  for (const [index, count] of more) to.set(index, (to.get(index) ?? 0) + count);
}

/**
 * Deals the counts out by weights: every part gets its share of the whole and, as nearly as whole numbers allow, of each
 * bucket, so that all have the same distribution. Nothing is lost or added.
 */
export function dealBuckets(
  buckets: ReadonlyMap<number, number>,
  weights: readonly number[],
): BucketCounts[] {
  let left = [...buckets].sort(([a], [b]) => a - b);
  return apportion(totalOf(buckets), weights).map((share) => {
    const shares = apportion(
      share,
      left.map(([, count]) => count),
    );
    const part: BucketCounts = new Map();
    left = left.map(([index, count], i) => {
      const taken = shares[i] ?? 0;
      if (taken > 0) part.set(index, taken);
      return [index, count - taken];
    });
    return part;
  });
}
