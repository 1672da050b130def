import { bucketIndex, histogramScale } from "@weir/domain";
import { apportion } from "./apportion.ts";
import { addBuckets, type BucketCounts } from "./bucket-counts.ts";

/** What a classic histogram counted, bucket by bucket; not cumulative. */
export interface ExplicitCounts {
  /** Upper borders, ascending, without +Inf. */
  readonly bounds: readonly number[];
  /** One more than bounds: the last is above all of them. */
  readonly counts: readonly number[];
  readonly sum: number;
}

const bucketsPerDoubling = 2 ** histogramScale;

/**
 * A classic histogram as an exponential one: each bucket's count is spread over the exponential buckets that it covers,
 * evenly on the logarithmic scale, exact in sum. The first bucket, which has no lower border but zero, is taken to cover
 * one doubling below its upper one; the last one, without an upper border, one above its lower.
 * `secondsPerUnit`: 0.001 for bounds in milliseconds.
 */
export function spreadBuckets(explicit: ExplicitCounts, secondsPerUnit: number): BucketCounts {
  const { bounds, counts, sum } = explicit;
  const spread: BucketCounts = new Map();
  const bordersOf = (i: number): readonly [number, number] => {
    const above = bounds[i] ?? (bounds[i - 1] ?? 0) * 2;
    return [i === 0 ? above / 2 : (bounds[i - 1] ?? 0), above];
  };
  for (const [i, count] of counts.entries()) {
    if (count === 0) continue;
    // Without any border the mean is all that is known.
    const borders = bounds.length === 0 ? ([sum / count, sum / count] as const) : bordersOf(i);
    addBuckets(spread, spreadOne(count, borders[0] * secondsPerUnit, borders[1] * secondsPerUnit));
  }
  return spread;
}

/** What lies above zero of (lower, upper], in seconds. */
function spreadOne(count: number, lower: number, upper: number): BucketCounts {
  const top = bucketIndex(upper);
  const bottom = lower > 0 ? Math.floor(Math.log2(lower) * bucketsPerDoubling) : top;
  if (bottom >= top) return new Map([[top, count]]);
  const from = Math.log2(lower) * bucketsPerDoubling;
  const to = Math.log2(upper) * bucketsPerDoubling;
  const weights = Array.from({ length: top - bottom + 1 }, (_, i) =>
    Math.max(0, Math.min(bottom + i + 1, to) - Math.max(bottom + i, from)),
  );
  const shares = apportion(count, weights);
  return new Map(shares.flatMap((share, i) => (share > 0 ? [[bottom + i, share] as const] : [])));
}
