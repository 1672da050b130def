import { formatSeconds, plural } from "../../../ui/format/numbers.ts";
import { formatMoment } from "../../../ui/format/times.ts";
import type { HeatGrid } from "./heat-grid.ts";
import { bordersOf, type CellBox, countIn } from "./heat-region.ts";

/** Cells in words: when, how slow, how many requests. */
export function boxWords(grid: HeatGrid, box: CellBox): { when: string; took: string; requests: string } {
  const { fromMs, toMs, fromSeconds, toSeconds } = bordersOf(grid, box);
  const newestMs = grid.fromMs + grid.columns * grid.stepMs;
  return {
    when: `${formatMoment(fromMs, newestMs)} to ${formatMoment(toMs, newestMs)}`,
    took: `${formatSeconds(fromSeconds)} to ${formatSeconds(toSeconds)}`,
    requests: plural(countIn(grid, box), "request"),
  };
}
