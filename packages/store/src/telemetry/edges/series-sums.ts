import { addColumn, addHistograms } from "./add-pack.ts";
import { type Pack, packColumns } from "./edge-pack.ts";

/** Sums in rows, histograms with a place for every bucket there may be: adding is all that is ever done to them. */
export class SeriesSums {
  readonly rows: number;
  /** Bucket of a row's first place in `buckets`. */
  readonly lowest: number;
  /** Places of a row in `buckets`. */
  readonly width: number;
  readonly requests: Float64Array;
  readonly requestBytes: Float64Array;
  readonly responseBytes: Float64Array;
  readonly durationUs: Float64Array;
  readonly buckets: Float64Array;

  constructor(rows: number, { lowest, highest }: BucketRange) {
    this.rows = rows;
    this.lowest = lowest;
    this.width = Math.max(0, highest - lowest + 1);
    this.requests = new Float64Array(rows);
    this.requestBytes = new Float64Array(rows);
    this.responseBytes = new Float64Array(rows);
    this.durationUs = new Float64Array(rows);
    this.buckets = new Float64Array(rows * this.width);
  }

  /** @param rows of the pack's entries; below zero: it is left out. */
  add(pack: Pack, rows: Int32Array): void {
    addColumn(pack, packColumns.requests, rows, this.requests);
    addColumn(pack, packColumns.requestBytes, rows, this.requestBytes);
    addColumn(pack, packColumns.responseBytes, rows, this.responseBytes);
    addColumn(pack, packColumns.durationUs, rows, this.durationUs);
    addHistograms(pack, rows, this.buckets, this.lowest, this.width);
  }
}

/** Both inclusive; lowest above highest: no bucket. */
export interface BucketRange {
  readonly lowest: number;
  readonly highest: number;
}

/** What holds all of the ranges. */
export function bucketRangeOf(ranges: Iterable<BucketRange>): BucketRange {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const range of ranges) {
    if (range.lowest > range.highest) continue;
    lowest = Math.min(lowest, range.lowest);
    highest = Math.max(highest, range.highest);
  }
  return lowest > highest ? { lowest: 0, highest: -1 } : { lowest, highest };
}
