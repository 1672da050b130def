import { count, signedCount } from "../count.ts";
import type { EdgePoint } from "../records.ts";
import { highestBucket, lowestBucket } from "./edge-pack.ts";
import { encodePack } from "./encode-pack.ts";
import { bucketRangeOf, SeriesSums } from "./series-sums.ts";

const usPerSecond = 1_000_000;

/** The pack of points of one slot and chunk; undefined: they add nothing. */
export function sumPoints(
  points: readonly (EdgePoint & { readonly seriesId: number })[],
): Uint8Array | undefined {
  const series = Int32Array.from(new Set(points.map(({ seriesId }) => seriesId))).sort();
  const rowOf = new Map(Array.from(series, (id, row) => [id, row]));
  const sums = new SeriesSums(series.length, bucketRangeOf(points.map(rangeOf)));
  for (const point of points) add(sums, rowOf.get(point.seriesId) ?? 0, point);
  return encodePack(sums, series);
}

function rangeOf({ histogram }: EdgePoint) {
  const { indexes } = histogram;
  return {
    lowest: indexes.reduce((lowest, index) => Math.min(lowest, nearestBucket(index)), highestBucket),
    highest: indexes.reduce((highest, index) => Math.max(highest, nearestBucket(index)), lowestBucket),
  };
}

function add(sums: SeriesSums, row: number, point: EdgePoint): void {
  // Edges drawn from spans are taken back when better ones come; a sidecar never takes back.
  const counted = point.reporter === "span.client" || point.reporter === "span.server" ? signedCount : count;
  const { requests, requestBytes, responseBytes, durationUs, buckets } = sums;
  requests[row] = (requests[row] as number) + counted(point.requests);
  requestBytes[row] = (requestBytes[row] as number) + counted(point.requestBytes);
  responseBytes[row] = (responseBytes[row] as number) + counted(point.responseBytes);
  durationUs[row] = (durationUs[row] as number) + counted(point.durationSumSeconds * usPerSecond);
  const { indexes, counts } = point.histogram;
  for (let i = 0; i < indexes.length; i++) {
    const place = row * sums.width + nearestBucket(indexes[i] as number) - sums.lowest;
    buckets[place] = (buckets[place] as number) + counted(counts[i] ?? 0);
  }
}

/** The bucket that counts what belongs to this index, which may be out of range or no number at all. */
export function nearestBucket(index: number): number {
  return Number.isNaN(index) ? 0 : Math.max(lowestBucket, Math.min(highestBucket, Math.round(index)));
}
