import type { Heatmap } from "../../../server/heatmap/of.ts";

/** Buckets of the histograms to a doubling of latency (base-2 exponential, scale 4). */
const perOctave = 16;

/** A heatmap as it is drawn: columns of time, rows of latency from the fastest up, each of some buckets. */
export interface HeatGrid {
  readonly fromMs: number;
  readonly stepMs: number;
  readonly columns: number;
  readonly rows: number;
  /** The first row's first bucket. */
  readonly lowestBucket: number;
  readonly bucketsPerRow: number;
  /** Requests by `column * rows + row`. */
  readonly counts: Float64Array;
  /** In the fullest cell. */
  readonly most: number;
  readonly requests: number;
  /** By column, seconds. */
  readonly quantiles: readonly Quantiles[];
}

export interface Quantiles {
  readonly p50: number | undefined;
  readonly p95: number | undefined;
  readonly p99: number | undefined;
}

/** A cell, or the corner of some. */
export interface CellPlace {
  readonly column: number;
  readonly row: number;
}

/** Narrower than two doublings, noise would fill the picture. */
const leastBuckets = 2 * perOctave;

/** Undefined where there were no requests. A row has as few buckets as leave at most `mostRows`. */
export function heatGrid({ stepMs, columns }: Heatmap, mostRows: number): HeatGrid | undefined {
  const [first] = columns;
  const buckets = columns.flatMap((column) => column.buckets);
  if (!first || buckets.length === 0) return undefined;
  const [least, most] = extentOf(buckets);
  const room = Math.max(2, leastBuckets - (most - least + 1));
  const span = most - least + 1 + room;
  const bucketsPerRow = [1, 2, 4, 8, 16, 32].find((size) => span / size <= mostRows) ?? 64;
  const lowestBucket = Math.floor((least - Math.floor(room / 2)) / bucketsPerRow) * bucketsPerRow;
  const rows = Math.ceil((most + Math.ceil(room / 2) - lowestBucket + 1) / bucketsPerRow);
  const counts = new Float64Array(columns.length * rows);
  columns.forEach((column, c) => {
    column.buckets.forEach((bucket, i) => {
      const place = c * rows + Math.floor((bucket - lowestBucket) / bucketsPerRow);
      counts[place] = (counts[place] ?? 0) + (column.counts[i] ?? 0);
    });
  });
  return {
    ...{ fromMs: first.atMs, stepMs, columns: columns.length, rows, lowestBucket, bucketsPerRow, counts },
    most: counts.reduce((a, b) => Math.max(a, b), 0),
    requests: counts.reduce((a, b) => a + b, 0),
    quantiles: columns.map(({ p50, p95, p99 }) => ({ p50, p95, p99 })),
  };
}

function extentOf(buckets: readonly number[]): [least: number, most: number] {
  return buckets.reduce<[number, number]>(
    ([least, most], bucket) => [Math.min(least, bucket), Math.max(most, bucket)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

export function countAt({ counts, rows }: HeatGrid, { column, row }: CellPlace): number {
  return counts[column * rows + row] ?? 0;
}

/** How far up a latency lies, as a share of the height: 0 at the bottom. */
export function heightOf({ lowestBucket, bucketsPerRow, rows }: HeatGrid, seconds: number): number {
  return (Math.log2(seconds) * perOctave - lowestBucket) / (rows * bucketsPerRow);
}

/** The cell below a point in shares of the picture's width and height, from its top left. */
export function cellAt({ columns, rows }: HeatGrid, x: number, y: number): CellPlace {
  return {
    column: Math.max(0, Math.min(columns - 1, Math.floor(x * columns))),
    row: Math.max(0, Math.min(rows - 1, Math.floor((1 - y) * rows))),
  };
}

/** Seconds at the lower border of a row; that of the row above is its upper one. */
export function rowStart({ lowestBucket, bucketsPerRow }: HeatGrid, row: number): number {
  return 2 ** ((lowestBucket + row * bucketsPerRow) / perOctave);
}

/** Latencies for the axis: 1, 2 and 5 of each power of ten, or only the powers where these are many. */
export function latencyTicks(grid: HeatGrid): number[] {
  const [bottom, top] = [rowStart(grid, 0), rowStart(grid, grid.rows)];
  const powers = Array.from({ length: 14 }, (_, i) => 10 ** (i - 9));
  const isIn = (seconds: number) => seconds > bottom * 1.02 && seconds < top / 1.02;
  const all = powers.flatMap((power) => [power, 2 * power, 5 * power]).filter(isIn);
  return all.length > 7 ? powers.filter(isIn) : all;
}
