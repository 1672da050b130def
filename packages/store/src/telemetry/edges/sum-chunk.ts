import type { ChunkPacks, PlacedPack } from "./chunk-packs.ts";
import { addColumn, addHistograms, packColumns } from "./edge-pack.ts";
import { bucketRangeOf, SeriesSums } from "./series-sums.ts";

/** Equal intervals from a time on; what is before or after is counted in the first or last. */
export interface SumSteps {
  readonly fromMs: number;
  readonly stepMs: number;
  readonly count: number;
}

export const oneStep: SumSteps = { fromMs: 0, stepMs: Number.MAX_SAFE_INTEGER, count: 1 };

/** To which group the series at each place belongs; -1: to none. A group has a row for each step. */
export interface ChunkGroups {
  readonly count: number;
  readonly counted: Int32Array;
  /** Whose latencies count, which for spans may be those of the other side. */
  readonly timed: Int32Array;
}

export interface GroupSums {
  readonly sums: SeriesSums;
  /** By row. */
  readonly errors: Float64Array;
}

export function sumChunk(chunk: ChunkPacks, groups: ChunkGroups, steps: SumSteps): GroupSums {
  const { series, packs } = chunk;
  const sums = new SeriesSums(groups.count * steps.count, bucketRangeOf(packs.map(({ pack }) => pack)));
  const errors = new Float64Array(sums.rows);
  const failed = groups.counted.map((group, place) => (series[place]?.failed ? group : -1));
  const direct = steps.count === 1 && groups.counted.every((group, place) => group === place);
  for (const placed of packs) {
    const { pack } = placed;
    const rowsFor = (own: Int32Array) => rowsOf(placed, own, stepOf(placed, steps), steps.count);
    const rows = direct ? placed.places : rowsFor(groups.counted);
    addColumn(pack, packColumns.requests, rows, sums.requests);
    addColumn(pack, packColumns.requestBytes, rows, sums.requestBytes);
    addColumn(pack, packColumns.responseBytes, rows, sums.responseBytes);
    const timed = groups.timed === groups.counted ? rows : rowsFor(groups.timed);
    addHistograms(pack, timed, sums.buckets, sums.lowest, sums.width);
    if (!direct) addColumn(pack, packColumns.requests, rowsFor(failed), errors);
  }
  if (direct) errors.set(sums.requests.map((requests, row) => (series[row]?.failed ? requests : 0)));
  return { sums, errors };
}

function stepOf({ slotMs }: PlacedPack, { fromMs, stepMs, count }: SumSteps): number {
  return Math.max(0, Math.min(count - 1, Math.floor((slotMs - fromMs) / stepMs)));
}

function rowsOf({ places }: PlacedPack, groups: Int32Array, step: number, steps: number): Int32Array {
  const rows = new Int32Array(places.length);
  for (let i = 0; i < places.length; i++) {
    const place = places[i] as number;
    const group = place < 0 ? -1 : (groups[place] as number);
    rows[i] = group < 0 ? -1 : group * steps + step;
  }
  return rows;
}
