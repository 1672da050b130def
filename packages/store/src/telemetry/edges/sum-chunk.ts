import type { ConnectionSecurity } from "@weir/domain";
import { statusClasses } from "../status-classes.ts";
import { addColumn, addHistograms } from "./add-pack.ts";
import type { ChunkPacks, PlacedPack } from "./chunk-packs.ts";
import { packColumns } from "./edge-pack.ts";
import { getOrAdd } from "./get-or-add.ts";
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
  /** By row, as are the others. */
  readonly errors: Float64Array;
  /** Answers of class 4. */
  readonly clientErrors: Float64Array;
  /** Answers that carried a gRPC status other than OK. */
  readonly grpcErrors: Float64Array;
  /** Requests by response flag; rows without any are not there. */
  readonly flags: ReadonlyMap<number, ReadonlyMap<string, number>>;
  /** Requests whose connection was secured in a way that is known. */
  readonly secured: Readonly<Record<ConnectionSecurity, Float64Array>>;
  /** Tries beyond each request's first. */
  readonly resends: Float64Array;
}

export function sumChunk(chunk: ChunkPacks, groups: ChunkGroups, steps: SumSteps): GroupSums {
  const { series, packs } = chunk;
  const sums = new SeriesSums(groups.count * steps.count, bucketRangeOf(packs.map(({ pack }) => pack)));
  const requests = new Float64Array(series.length * steps.count);
  const [each, counted] = [new Rows(Int32Array.from(series.keys()), steps), new Rows(groups.counted, steps)];
  const timed = groups.timed === groups.counted ? counted : new Rows(groups.timed, steps);
  for (const placed of packs) {
    const { pack } = placed;
    addColumn(pack, packColumns.requests, each.of(placed), requests);
    addColumn(pack, packColumns.requestBytes, counted.of(placed), sums.requestBytes);
    addColumn(pack, packColumns.responseBytes, counted.of(placed), sums.responseBytes);
    addHistograms(pack, timed.of(placed), sums.buckets, sums.lowest, sums.width);
  }
  return { sums, ...addRequests(sums, requests, chunk, groups, steps) };
}

/** Adds requests of series to those of their groups. @returns how they ended. */
function addRequests(
  sums: SeriesSums,
  requests: Float64Array,
  { series }: ChunkPacks,
  { counted }: ChunkGroups,
  { count }: SumSteps,
): Omit<GroupSums, "sums"> {
  const errors = new Float64Array(sums.rows);
  const clientErrors = new Float64Array(sums.rows);
  const grpcErrors = new Float64Array(sums.rows);
  const flags = new Map<number, Map<string, number>>();
  const secured = securedRows(sums.rows);
  const resent = new Float64Array(sums.rows);
  series.forEach(({ failed, statusClass, flag, security, resends }, place) => {
    const group = counted[place] as number;
    const ended = failed
      ? errors
      : statusClass === statusClasses.clientError
        ? clientErrors
        : statusClass === statusClasses.grpcError
          ? grpcErrors
          : undefined;
    const passed = security && secured[security];
    for (let step = 0; group >= 0 && step < count; step++) {
      const row = group * count + step;
      const own = requests[place * count + step] as number;
      sums.requests[row] = (sums.requests[row] as number) + own;
      if (ended) ended[row] = (ended[row] as number) + own;
      if (passed) passed[row] = (passed[row] as number) + own;
      if (resends > 0) resent[row] = (resent[row] as number) + own * resends;
      if (flag !== "" && own !== 0) addFlag(getOrAdd(flags, row, newCounts), flag, own);
    }
  });
  return { errors, clientErrors, grpcErrors, flags, secured, resends: resent };
}

export function securedRows(rows: number): GroupSums["secured"] {
  return {
    mutual_tls: new Float64Array(rows),
    tls: new Float64Array(rows),
    none: new Float64Array(rows),
  };
}

const newCounts = () => new Map<string, number>();

function addFlag(counts: Map<string, number>, flags: string, requests: number): void {
  for (const flag of flags.split(",")) counts.set(flag, (counts.get(flag) ?? 0) + requests);
}

/** The rows of packs' entries, as long as they are the same for one pack after the other. */
class Rows {
  readonly #groups: Int32Array;
  readonly #steps: SumSteps;
  #places: Int32Array | undefined;
  #step = 0;
  #rows: Int32Array = new Int32Array(0);

  constructor(groups: Int32Array, steps: SumSteps) {
    this.#groups = groups;
    this.#steps = steps;
  }

  of({ places, slotMs }: PlacedPack): Int32Array {
    const { fromMs, stepMs, count } = this.#steps;
    const step = Math.max(0, Math.min(count - 1, Math.floor((slotMs - fromMs) / stepMs)));
    if (places === this.#places && step === this.#step) return this.#rows;
    this.#places = places;
    this.#step = step;
    this.#rows = rowsOf(places, this.#groups, step, count);
    return this.#rows;
  }
}

function rowsOf(places: Int32Array, groups: Int32Array, step: number, steps: number): Int32Array {
  const rows = new Int32Array(places.length);
  for (let i = 0; i < places.length; i++) {
    const place = places[i] as number;
    const group = place < 0 ? -1 : (groups[place] as number);
    rows[i] = group < 0 ? -1 : group * steps + step;
  }
  return rows;
}
