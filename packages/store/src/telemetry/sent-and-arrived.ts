import type { Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { ServiceName, Traffic } from "./answers.ts";
import { ChunkOpener } from "./edges/chunk-packs.ts";
import { catalogOf, type EdgePair } from "./edges/edge-catalog.ts";
import { chunkOf, evidenceKinds, isOutside } from "./edges/edge-chunk.ts";
import { readEdgePacks, type SlotBytes } from "./edges/read-edge-packs.ts";
import { readEdgeMarks } from "./edges/rollup-marks.ts";
import { trafficOf } from "./edges/row-answers.ts";
import { oneStep, sumChunk } from "./edges/sum-chunk.ts";
import { tileWindow } from "./edges/tile-window.ts";

/** The requests of one caller to a service, as either side's sidecar counts them. */
export interface SentAndArrived {
  readonly source: ServiceName;
  /** Effective: what the caller asked for, each request once, however often it was tried. Undefined: it has no sidecar. */
  readonly sent: Traffic | undefined;
  /** Actual: what reached the service, each attempt by itself. Undefined: the service's sidecar told of none. */
  readonly arrived: Traffic | undefined;
}

/**
 * What the callers of a service asked for, against what arrived at it, in a window. The two are counted by different
 * sidecars, whose intervals end at different moments: at the window's borders they differ by a little.
 */
export function sentAndArrived(sql: Sql, service: ServiceName, window: Window): Promise<SentAndArrived[]> {
  return guarded(sql, async () => {
    const [primary, secondary] = [
      await countsOf(sql, service, window, chunkOf(evidenceKinds.primary, service)),
      await countsOf(sql, service, window, chunkOf(evidenceKinds.secondary, service)),
    ];
    const pairs = [...new Set([...primary.keys(), ...secondary.keys()])].sort((a, b) => a.rank - b.rank);
    return pairs.map((pair) => ({
      source: pair.source,
      sent: isOutside(pair.source) ? undefined : primary.get(pair),
      arrived: isOutside(pair.source) ? primary.get(pair) : secondary.get(pair),
    }));
  });
}

/** Requests to the service that one kind of evidence tells of, by pair. */
async function countsOf(
  sql: Sql,
  { namespace, service }: ServiceName,
  window: Window,
  chunk: number,
): Promise<Map<EdgePair, Traffic>> {
  const catalog = catalogOf(sql);
  const tiles = tileWindow(window, await readEdgeMarks(sql));
  const found: SlotBytes[] = [];
  await readEdgePacks(sql, { tiles, chunks: [chunk], column: "payload" }, (_, slots) => found.push(...slots));
  // After the rows, so that it knows every series they name.
  await catalog.refresh(sql);
  const packs = new ChunkOpener(catalog).open(found);
  const pairs: EdgePair[] = [];
  const groups = packs.series.map(({ target: { pair } }) => {
    if (pair.destination.namespace !== namespace || pair.destination.service !== service) return -1;
    const known = pairs.indexOf(pair);
    return known < 0 ? pairs.push(pair) - 1 : known;
  });
  const counted = Int32Array.from(groups);
  const sums = sumChunk(packs, { count: pairs.length, counted, timed: counted }, oneStep);
  return new Map(pairs.map((pair, row) => [pair, trafficOf(sums, [row])]));
}
