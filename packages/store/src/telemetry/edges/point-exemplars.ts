import { isTraceId } from "../ids.ts";
import type { EdgePoint } from "../records.ts";
import { NewestExemplars } from "./edge-exemplars.ts";
import { nearestBucket } from "./sum-points.ts";

/** The exemplars of points of one slot and chunk; undefined: they have none. What is no trace id is left out. */
export function exemplarsOf(
  points: readonly (EdgePoint & { readonly seriesId: number })[],
  slot: number,
): Uint8Array | undefined {
  const newest = new NewestExemplars(0);
  for (const { seriesId, timeMs, exemplars } of points)
    for (const { bucketIndex, traceId } of exemplars)
      if (isTraceId(traceId))
        newest.add({
          ...{ seriesId, bucket: nearestBucket(bucketIndex), atMs: Number.isFinite(timeMs) ? timeMs : slot },
          traceId: Buffer.from(traceId, "hex"),
        });
  return newest.encode(slot);
}
