import { openPack, type Pack, readSeries } from "./edge-pack.ts";
import { encodePack } from "./encode-pack.ts";
import { bucketRangeOf, SeriesSums } from "./series-sums.ts";

/** The sum of packs; undefined: nothing is left. */
export function mergePacks(encoded: readonly Uint8Array[]): Uint8Array | undefined {
  const packs = encoded.map(openPack);
  const seriesOf = packs.map(seriesIn);
  const series = union(seriesOf);
  const sums = new SeriesSums(series.length, bucketRangeOf(packs));
  packs.forEach((pack, i) => {
    sums.add(pack, placesIn(series, seriesOf[i] as Int32Array));
  });
  return encodePack(sums, series);
}

function seriesIn(pack: Pack): Int32Array {
  const series = new Int32Array(pack.entries);
  readSeries(pack, series);
  return series;
}

/** Ascending, each once. */
function union(lists: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(lists.reduce((sum, { length }) => sum + length, 0));
  let length = 0;
  for (const list of lists) {
    all.set(list, length);
    length += list.length;
  }
  all.sort();
  let kept = 0;
  for (let i = 0; i < length; i++) if (i === 0 || all[i] !== all[i - 1]) all[kept++] = all[i] as number;
  return all.subarray(0, kept);
}

/** Where each of `some` stands in `all`; both ascend. */
function placesIn(all: Int32Array, some: Int32Array): Int32Array {
  let place = 0;
  return some.map((id) => {
    while (all[place] !== id) place++;
    return place;
  });
}
