import type { EdgeCatalog, EdgeSeries } from "./edge-catalog.ts";
import { haveSameSeries, openPack, type Pack, readSeries } from "./edge-pack.ts";
import type { SlotBytes } from "./read-edge-packs.ts";

/** The packs of a chunk, their series by a place that is the same in all of them. */
export interface ChunkPacks {
  /** By place; each has an entry in one of the packs. */
  readonly series: readonly EdgeSeries[];
  readonly packs: readonly PlacedPack[];
  /** No entry is left out because the catalog does not know its series yet. */
  readonly complete: boolean;
}

export interface PlacedPack {
  readonly pack: Pack;
  readonly slotMs: number;
  readonly endMs: number;
  /** Of each entry; -1: it is left out. */
  readonly places: Int32Array;
}

/** Finds places by ids, again and again, without a map: there are as many entries as a question has to look at. */
export class ChunkOpener {
  readonly #catalog: EdgeCatalog;
  /** Place of a series, plus one; -1: unknown. Zero between two calls. */
  #placeOf = new Int32Array(1024);

  constructor(catalog: EdgeCatalog) {
    this.#catalog = catalog;
  }

  open(found: readonly SlotBytes[]): ChunkPacks {
    const series: EdgeSeries[] = [];
    const met: number[] = [];
    const packs: PlacedPack[] = [];
    for (const { slotMs, endMs, bytes } of found) {
      const pack = openPack(bytes);
      const before = packs.at(-1);
      // The same edges are busy in most slots.
      const places =
        before && haveSameSeries(before.pack, pack) ? before.places : this.#place(pack, series, met);
      packs.push({ pack, slotMs, endMs, places });
    }
    for (const id of met) this.#placeOf[id] = 0;
    return { series, packs, complete: met.length === series.length };
  }

  /** Places of a pack's entries; series that are met first are added to the lists. */
  #place(pack: Pack, series: EdgeSeries[], met: number[]): Int32Array {
    const places = new Int32Array(pack.entries);
    readSeries(pack, places);
    this.#reserve(places.at(-1) ?? 0);
    for (let i = 0; i < places.length; i++) {
      const id = places[i] as number;
      let place = this.#placeOf[id] as number;
      if (place === 0) {
        const known = this.#catalog.get(id);
        place = known ? series.push(known) : -1;
        this.#placeOf[id] = place;
        met.push(id);
      }
      places[i] = place < 0 ? -1 : place - 1;
    }
    return places;
  }

  #reserve(id: number): void {
    if (id < this.#placeOf.length) return;
    const grown = new Int32Array(Math.max(id + 1, this.#placeOf.length * 2));
    grown.set(this.#placeOf);
    this.#placeOf = grown;
  }
}
