import { addColumn } from "./add-pack.ts";
import type { ChunkPacks } from "./chunk-packs.ts";
import { packColumns } from "./edge-pack.ts";
import type { ChunkGroups, SumSteps } from "./sum-chunk.ts";

/** Requests of groups alone, in a row for each step: a course costs a twentieth of what all sums by step would. */
export function sumRequests(
  { packs }: ChunkPacks,
  { count, counted }: Pick<ChunkGroups, "count" | "counted">,
  steps: SumSteps,
): Float64Array {
  const requests = new Float64Array(count * steps.count);
  for (const { pack, places, slotMs } of packs) {
    const step = Math.floor((slotMs - steps.fromMs) / steps.stepMs);
    const nearest = Math.max(0, Math.min(steps.count - 1, step));
    const rows = new Int32Array(places.length);
    for (let i = 0; i < places.length; i++) {
      const place = places[i] as number;
      const group = place < 0 ? -1 : (counted[place] as number);
      rows[i] = group < 0 ? -1 : group * steps.count + nearest;
    }
    addColumn(pack, packColumns.requests, rows, requests);
  }
  return requests;
}
