import type { Region } from "../../../server/heatmap/region.ts";
import type { CellPlace, HeatGrid } from "./heat-grid.ts";
import { rowStart } from "./heat-grid.ts";

/** Cells from a corner to the opposite one, both included. */
export interface CellBox {
  readonly left: number;
  readonly right: number;
  /** Rows go up. */
  readonly bottom: number;
  readonly top: number;
}

/** `from_to_lowest_highest` (ms since 1970, histogram buckets), as the address has it. */
export function printRegion({ fromMs, toMs, lowestBucket, highestBucket }: Region): string {
  return [fromMs, toMs, lowestBucket, highestBucket].join("_");
}

/** Null for what is no region. */
export function parseRegion(text: string): Region | null {
  const values = /^(\d{1,15})_(\d{1,15})_(-?\d{1,4})_(-?\d{1,4})$/.exec(text)?.slice(1).map(Number);
  if (!values) return null;
  const [fromMs = 0, toMs = 0, lowestBucket = 0, highestBucket = 0] = values;
  return fromMs < toMs && lowestBucket <= highestBucket
    ? { fromMs, toMs, lowestBucket, highestBucket }
    : null;
}

export function boxBetween(a: CellPlace, b: CellPlace): CellBox {
  return {
    ...{ left: Math.min(a.column, b.column), right: Math.max(a.column, b.column) },
    ...{ bottom: Math.min(a.row, b.row), top: Math.max(a.row, b.row) },
  };
}

export function regionOf(grid: HeatGrid, { left, right, bottom, top }: CellBox): Region {
  return {
    fromMs: grid.fromMs + left * grid.stepMs,
    toMs: grid.fromMs + (right + 1) * grid.stepMs,
    lowestBucket: grid.lowestBucket + bottom * grid.bucketsPerRow,
    highestBucket: grid.lowestBucket + (top + 1) * grid.bucketsPerRow - 1,
  };
}

/** The cells that a region touches; undefined where it lies beside the picture. */
export function boxOf(grid: HeatGrid, region: Region): CellBox | undefined {
  const column = (ms: number) => (ms - grid.fromMs) / grid.stepMs;
  const row = (bucket: number) => (bucket - grid.lowestBucket) / grid.bucketsPerRow;
  const box = {
    left: Math.max(0, Math.floor(column(region.fromMs))),
    right: Math.min(grid.columns, Math.ceil(column(region.toMs))) - 1,
    bottom: Math.max(0, Math.floor(row(region.lowestBucket))),
    top: Math.min(grid.rows, Math.ceil(row(region.highestBucket + 1))) - 1,
  };
  return box.left <= box.right && box.bottom <= box.top ? box : undefined;
}

/** Requests in these cells. */
export function countIn({ counts, rows }: HeatGrid, { left, right, bottom, top }: CellBox): number {
  let count = 0;
  for (let column = left; column <= right; column++)
    for (let row = bottom; row <= top; row++) count += counts[column * rows + row] ?? 0;
  return count;
}

/** Times and latencies (seconds) at the borders of these cells. */
export function bordersOf(grid: HeatGrid, box: CellBox) {
  const { fromMs, toMs } = regionOf(grid, box);
  return { fromMs, toMs, fromSeconds: rowStart(grid, box.bottom), toSeconds: rowStart(grid, box.top + 1) };
}
