/**
 * Base-2 exponential histograms at scale 4, in the sparse form that is stored: 16 buckets for each doubling,
 * relative error at most 2.2 % (OpenTelemetry data model, ExponentialHistogram). Values are seconds above zero.
 */
export interface SparseHistogram {
  /** Ascending; bucket i holds values in (base^i, base^(i+1)], base = 2^(1/16). */
  readonly indexes: readonly number[];
  /** As long as `indexes`; counts above zero. */
  readonly counts: readonly number[];
}

export const histogramScale = 4;
const bucketsPerDoubling = 2 ** histogramScale;

export const emptyHistogram: SparseHistogram = { indexes: [], counts: [] };

/** Bucket of a value above zero, in seconds; values of zero and below belong to the lowest bucket kept (1 ns). */
export function bucketIndex(seconds: number): number {
  return Math.ceil(Math.log2(Math.max(seconds, 1e-9)) * bucketsPerDoubling) - 1;
}

/** Lower border of a bucket, exclusive, in seconds. */
export function bucketLowerBound(index: number): number {
  return 2 ** (index / bucketsPerDoubling);
}

/** A bucket of another scale at scale 4: several merge into one, or one is put at the middle of its range. */
export function rescaleIndex(index: number, fromScale: number): number {
  if (fromScale >= histogramScale) return index >> (fromScale - histogramScale);
  const factor = 2 ** (histogramScale - fromScale);
  return index * factor + (factor >> 1);
}

/** Sum of histograms: merging is addition. */
export function mergeHistograms(histograms: Iterable<SparseHistogram>): SparseHistogram {
  const total = new Map<number, number>();
  for (const { indexes, counts } of histograms)
    indexes.forEach((index, i) => {
      total.set(index, (total.get(index) ?? 0) + (counts[i] ?? 0));
    });
  const indexes = [...total.keys()].sort((a, b) => a - b);
  return { indexes, counts: indexes.map((index) => total.get(index) ?? 0) };
}

export function histogramCount(histogram: SparseHistogram): number {
  return histogram.counts.reduce((sum, count) => sum + count, 0);
}

/**
 * The q-quantile (0 to 1) in seconds, at the geometric middle of its bucket so that the relative error is at most
 * half a bucket; undefined without values.
 */
export function quantile(histogram: SparseHistogram, q: number): number | undefined {
  const total = histogramCount(histogram);
  if (total === 0) return undefined;
  const rank = Math.max(1, Math.ceil(q * total));
  let seen = 0;
  for (let i = 0; i < histogram.indexes.length; i++) {
    seen += histogram.counts[i] ?? 0;
    if (seen >= rank) return bucketLowerBound((histogram.indexes[i] ?? 0) + 0.5);
  }
  return undefined;
}
