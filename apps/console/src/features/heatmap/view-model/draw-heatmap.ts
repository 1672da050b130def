import { type HeatGrid, heightOf } from "./heat-grid.ts";

/** CSS colours that a canvas understands. */
export interface HeatColors {
  /** Of a cell with one request, and of the fullest. */
  readonly low: string;
  readonly high: string;
  readonly line: string;
  /** Around lines, so that they are seen on any cell. */
  readonly halo: string;
}

export interface HeatSize {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Device pixels to one of them. */
  readonly ratio: number;
}

/** Dashes of the percentile lines, CSS pixels; the legend has the same. */
export const quantileDashes = { p50: [], p95: [6, 3], p99: [1.5, 2.5] } as const;
export const quantileNames = ["p50", "p95", "p99"] as const;

/** Of the colours between the least and the fullest cell. */
const shades = 32;

/** Cells by their count, and the lines of the percentiles above them. */
export function drawHeatmap(
  context: CanvasRenderingContext2D,
  grid: HeatGrid,
  size: HeatSize,
  colors: HeatColors,
): void {
  context.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  drawCells(context, grid, size, colors);
  for (const name of quantileNames) {
    const path = linePath(grid, size, name);
    context.setLineDash([]);
    context.lineWidth = 3.5;
    context.strokeStyle = colors.halo;
    context.stroke(path);
    context.setLineDash([...quantileDashes[name]]);
    context.lineWidth = 1.5;
    context.strokeStyle = colors.line;
    context.stroke(path);
  }
}

/** 0 for one request (or part of one), 1 for the most there are: by the logarithm, as few beside many must be seen. */
export function shadeOf(count: number, most: number): number {
  return most > 1 ? Math.max(0, Math.log(count) / Math.log(most)) : 1;
}

function drawCells(context: CanvasRenderingContext2D, grid: HeatGrid, size: HeatSize, colors: HeatColors) {
  const { columns, rows, counts, most } = grid;
  // On whole device pixels, or neighbours would let the ground shine through.
  const snap = (at: number) => Math.round(at * size.ratio) / size.ratio;
  const x = Array.from({ length: columns + 1 }, (_, i) => snap((i / columns) * size.width));
  const y = Array.from({ length: rows + 1 }, (_, i) => snap((1 - i / rows) * size.height));
  const cells: number[][] = Array.from({ length: shades }, () => []);
  counts.forEach((count, place) => {
    if (count > 0) cells[Math.round(shadeOf(count, most) * (shades - 1))]?.push(place);
  });
  cells.forEach((places, shade) => {
    if (places.length === 0) return;
    context.fillStyle = `color-mix(in oklab, ${colors.high} ${(shade / (shades - 1)) * 100}%, ${colors.low})`;
    for (const place of places) {
      const [column, row] = [Math.floor(place / rows), place % rows];
      const [left = 0, right = 0, top = 0, bottom = 0] = [x[column], x[column + 1], y[row + 1], y[row]];
      context.fillRect(left, top, right - left, bottom - top);
    }
  });
}

/** From the middle of a column to that of the next; broken where there were no requests. */
function linePath(grid: HeatGrid, { width, height }: HeatSize, name: (typeof quantileNames)[number]): Path2D {
  const path = new Path2D();
  const step = width / grid.columns;
  let isDown = false;
  grid.quantiles.forEach((quantiles, column) => {
    const seconds = quantiles[name];
    if (seconds === undefined) {
      isDown = false;
      return;
    }
    const y = (1 - heightOf(grid, seconds)) * height;
    const x = (column + 0.5) * step;
    if (!isDown) path.moveTo(x - step / 2, y);
    path.lineTo(x, y);
    if (grid.quantiles[column + 1]?.[name] === undefined) path.lineTo(x + step / 2, y);
    isDown = true;
  });
  return path;
}
