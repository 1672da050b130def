import type { Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { EdgeName } from "./answers.ts";
import { ChunkOpener } from "./edges/chunk-packs.ts";
import { catalogOf, type EdgePair } from "./edges/edge-catalog.ts";
import { chunkOf, evidenceKinds } from "./edges/edge-chunk.ts";
import { readEdgePacks, type SlotBytes } from "./edges/read-edge-packs.ts";
import { readEdgeMarks } from "./edges/rollup-marks.ts";
import { tileWindow } from "./edges/tile-window.ts";

/**
 * Who called whom in a window, of the pairs that are asked for, by what either side's sidecar told. Costs what is kept of the
 * destinations of those pairs alone, of the second side only for pairs that the first has not told of, and nothing where no such
 * pair was ever heard of; nothing is summed up.
 */
export function pairsSeen(sql: Sql, wants: (pair: EdgeName) => boolean, window: Window): Promise<EdgeName[]> {
  return guarded(sql, async () => {
    const catalog = catalogOf(sql);
    await catalog.refresh(sql);
    const unseen = new Set([...catalog.pairs()].filter(wants));
    if (unseen.size === 0) return [];
    const seen: EdgePair[] = [];
    const opener = new ChunkOpener(catalog);
    const see = (_: number, found: readonly SlotBytes[]) => {
      for (const { target } of opener.open(found).series)
        if (unseen.delete(target.pair)) seen.push(target.pair);
    };
    const tiles = tileWindow(window, await readEdgeMarks(sql));
    // Pairs that are heard of meanwhile come too late for this question.
    for (const kind of [evidenceKinds.primary, evidenceKinds.secondary]) {
      const chunks = new Set(Array.from(unseen, ({ destination }) => chunkOf(kind, destination)));
      if (chunks.size > 0) await readEdgePacks(sql, { tiles, chunks: [...chunks], column: "payload" }, see);
    }
    return seen.sort((a, b) => a.rank - b.rank);
  });
}
