import type { Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { EdgeName, ServiceName } from "./answers.ts";
import { pairsOf } from "./edges/each-group.ts";
import { catalogOf, type EdgeSeries } from "./edges/edge-catalog.ts";
import { chunkOf, evidenceKinds } from "./edges/edge-chunk.ts";
import { decodeExemplars, type Exemplar } from "./edges/edge-exemplars.ts";
import { readEdgePacks } from "./edges/read-edge-packs.ts";
import { readEdgeMarks } from "./edges/rollup-marks.ts";
import { tileWindow } from "./edges/tile-window.ts";
import { slotMs, slotOfIntervalEnd } from "./time.ts";

/** A part of a heatmap; one cell of it, or several. */
export interface HeatmapCell {
  readonly window: Window;
  /** Inclusive, as the indexes of the heatmap's cells. */
  readonly lowestBucket: number;
  readonly highestBucket: number;
}

export interface CellExemplar {
  /** 32 lower-case hexadecimal digits. Whether the trace is stored still is another question. */
  readonly traceId: string;
  /** End of the interval in which its request was counted. */
  readonly atMs: number;
  readonly bucket: number;
  /** First digit of the status, 0 for no response. */
  readonly statusClass: number;
  readonly source: ServiceName;
  readonly destination: ServiceName & { readonly version: string };
}

/**
 * Traces of requests that a heatmap counted in a cell, newest first, each once. Of the requests of one series and bucket
 * in a slot the newest is remembered; in long slots of several neighbouring buckets.
 */
export function exemplarsOfCell(
  sql: Sql,
  subject: { readonly edge: EdgeName } | { readonly destination: ServiceName },
  cell: HeatmapCell,
  limit: number,
): Promise<CellExemplar[]> {
  return guarded(sql, async () => {
    const { destination, wants } = pairsOf(subject);
    if (!destination) return [];
    const catalog = catalogOf(sql);
    const [found] = await Promise.all([readExemplars(sql, destination, cell), catalog.refresh(sql)]);
    if (found.some(({ seriesId }) => !catalog.get(seriesId))) await catalog.refresh(sql);
    const traces = new Map<string, CellExemplar>();
    for (const exemplar of found.sort((a, b) => b.atMs - a.atMs)) {
      if (traces.size >= limit) break;
      const series = catalog.get(exemplar.seriesId);
      const traceId = Buffer.from(exemplar.traceId).toString("hex");
      if (series && wants(series.target.pair) && !traces.has(traceId))
        traces.set(traceId, answerOf(exemplar, series, traceId));
    }
    return [...traces.values()];
  });
}

/** So many slots are read of a cell at most; the shorter they are, the more traces they remember. */
const mostSlots = 1_500;

async function readExemplars(
  sql: Sql,
  destination: ServiceName,
  { window, lowestBucket, highestBucket }: HeatmapCell,
): Promise<Exemplar[]> {
  const levels = await readEdgeMarks(sql);
  const shortest = levels.find(({ level }) => (window.toMs - window.fromMs) / level.slotMs <= mostSlots);
  const found: Exemplar[] = [];
  const query = {
    tiles: tileWindow(window, levels, shortest && { longestMs: shortest.level.slotMs }),
    chunks: [chunkOf(evidenceKinds.primary, destination)],
    column: "exemplars",
  } as const;
  await readEdgePacks(sql, query, (_, slots) => {
    for (const { slotMs: startMs, bytes } of slots)
      for (const exemplar of decodeExemplars(bytes, startMs)) {
        const { bucket, atMs } = exemplar;
        if (bucket >= lowestBucket && bucket <= highestBucket && isIn(window, atMs)) found.push(exemplar);
      }
  });
  return found;
}

/** As slots are counted: when theirs starts before the window's end and does not end before its start. */
function isIn({ fromMs, toMs }: Window, atMs: number): boolean {
  const startMs = slotOfIntervalEnd(atMs);
  return startMs < toMs && startMs + slotMs > fromMs;
}

function answerOf({ atMs, bucket }: Exemplar, series: EdgeSeries, traceId: string): CellExemplar {
  const { pair, version } = series.target;
  return {
    ...{ traceId, atMs, bucket, statusClass: series.statusClass, source: pair.source },
    destination: { ...pair.destination, version },
  };
}
