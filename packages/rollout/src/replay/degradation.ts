import { bucketIndex, bucketLowerBound } from "@weir/domain";
import { z } from "zod";

/** How much worse than the baseline a canary is taken to be. Nothing named: it is as good. */
export const Degradation = z.strictObject({
  /** Requests that fail on top of those that do anyway: in points (0.02 is two of a hundred), or so many times as often. */
  errors: z
    .union([
      z.strictObject({ points: z.number().min(0, "must be 0 or more").max(1, "must be 1 or less") }),
      z.strictObject({ times: z.number().min(1, "must be 1 or more").max(1_000, "must be 1000 or less") }),
    ])
    .optional(),
  /** Every request takes so many times as long, or so much longer. */
  latency: z
    .union([
      z.strictObject({ times: z.number().min(1, "must be 1 or more").max(1_000, "must be 1000 or less") }),
      z.strictObject({
        addedMs: z.number().min(0, "must be 0 or more").max(3_600_000, "must be an hour or less"),
      }),
    ])
    .optional(),
  /** Index of the step that it begins with; absent: from the first on. */
  fromStep: z.int().min(0).max(49).optional(),
});
export type Degradation = z.infer<typeof Degradation>;

/**
 * Chance that a request fails which would have succeeded, 0 to 1. `share` is the baseline's over the whole window: so many times
 * none is none.
 */
export function addedFailures({ errors }: Degradation, share: number): number {
  if (errors === undefined || share >= 1) return 0;
  const added = "points" in errors ? errors.points : share * (errors.times - 1);
  return Math.min(1, added / (1 - share));
}

/** The bucket that a request of this bucket falls into: its middle, made slower, to the nearest bucket. */
export function slowedBucket({ latency }: Degradation, bucket: number): number {
  if (latency === undefined) return bucket;
  const seconds = bucketLowerBound(bucket + 0.5);
  return bucketIndex("times" in latency ? seconds * latency.times : seconds + latency.addedMs / 1_000);
}

export function isHealthy({ errors, latency }: Degradation): boolean {
  const fails = errors !== undefined && ("points" in errors ? errors.points > 0 : errors.times > 1);
  const isSlow = latency !== undefined && ("times" in latency ? latency.times > 1 : latency.addedMs > 0);
  return !fails && !isSlow;
}
