import { histogramCount, mergeHistograms, type SparseHistogram } from "@weir/domain";

/**
 * From where on a request is slow: a quantile of the baseline's own durations. It follows the baseline, always set from
 * what came before the requests it is applied to, so that it may be anything without making a comparison unfair.
 */
export interface SlowThreshold {
  readonly quantile: number;
  /** Requests in buckets above this one are slow; undefined until the baseline had requests enough. */
  readonly bucket: number | undefined;
  /** Durations of the baseline since the threshold was set. */
  readonly gathered: SparseHistogram;
}

/** `before`: the baseline's durations from before the rollout, so that latency is compared from the first request on. */
export function startThreshold(quantile: number, before: SparseHistogram): SlowThreshold {
  return observeBaseline({ quantile, bucket: undefined, gathered: { indexes: [], counts: [] } }, before);
}

/** Takes in more of the baseline's durations. One request beyond the quantile is enough to begin, ten to set it anew. */
export function observeBaseline(threshold: SlowThreshold, durations: SparseHistogram): SlowThreshold {
  const gathered = mergeHistograms([threshold.gathered, durations]);
  const beyond = threshold.bucket === undefined ? 1 : 10;
  // Written so that the rounding of 1 - 0.99 asks for no request more.
  if (histogramCount(gathered) * (1 - threshold.quantile) < beyond - 1e-9) return { ...threshold, gathered };
  const bucket = bucketOfQuantile(gathered, threshold.quantile);
  return { ...threshold, bucket, gathered: { indexes: [], counts: [] } };
}

/** Requests above a bucket. */
export function countAbove({ indexes, counts }: SparseHistogram, bucket: number): number {
  let slow = 0;
  for (let at = indexes.length - 1; at >= 0 && indexes[at]! > bucket; at--) slow += counts[at]!;
  return slow;
}

function bucketOfQuantile(histogram: SparseHistogram, q: number): number | undefined {
  const rank = q * histogramCount(histogram);
  let seen = 0;
  return histogram.indexes.find((_, at) => {
    seen += histogram.counts[at]!;
    return seen >= rank;
  });
}
