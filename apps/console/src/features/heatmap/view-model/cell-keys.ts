import type { CellPlace, HeatGrid } from "./heat-grid.ts";

const leap = 5;

const steps: Readonly<Record<string, readonly [columns: number, rows: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  PageUp: [0, leap],
  PageDown: [0, -leap],
  Home: [Number.NEGATIVE_INFINITY, 0],
  End: [Number.POSITIVE_INFINITY, 0],
};

/** Where a key leads from a cell; undefined: nowhere, it is no key of the picture. */
export function cellAfterKey({ columns, rows }: HeatGrid, at: CellPlace, key: string): CellPlace | undefined {
  const step = steps[key];
  if (!step) return undefined;
  return {
    column: Math.max(0, Math.min(columns - 1, at.column + step[0])),
    row: Math.max(0, Math.min(rows - 1, at.row + step[1])),
  };
}
