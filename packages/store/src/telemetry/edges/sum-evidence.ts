import type { Window } from "@weir/domain";
import type { Sql } from "../../connection/open-sql.ts";
import type { ServiceName } from "../answers.ts";
import { ChunkOpener, type ChunkPacks } from "./chunk-packs.ts";
import { catalogOf, type EdgeCatalog, type EdgePair, type EdgeSeries } from "./edge-catalog.ts";
import { chunkOf, chunksPerKind, type EvidenceKind, evidenceKinds, isOutside } from "./edge-chunk.ts";
import { getOrAdd } from "./get-or-add.ts";
import { type PackQuery, readEdgePacks, type SlotBytes } from "./read-edge-packs.ts";
import { readEdgeMarks } from "./rollup-marks.ts";
import { type Sides, sidesOf, withoutYoung } from "./span-sides.ts";
import { type GroupSums, oneStep, type SumSteps, sumChunk } from "./sum-chunk.ts";
import { sumRequests } from "./sum-requests.ts";
import { tileWindow } from "./tile-window.ts";

export interface EvidenceQuery<K> {
  readonly window: Window;
  /** Absent: the window is one. */
  readonly steps?: SumSteps;
  /** Intervals in which requests are told apart, and they alone; not with `steps`. Absent: none. */
  readonly course?: SumSteps;
  /** Absent: all there are. */
  readonly destination?: ServiceName;
  /** Whether a pair is asked for. */
  readonly wants: (pair: EdgePair) => boolean;
  /** What is summed up together: all series that give the same. */
  readonly group: (series: EdgeSeries) => K;
  /** Spans tell about a pair where metrics tell nothing about what this gives for it. */
  readonly scope: (pair: EdgePair) => unknown;
  /**
   * Whose reports count. `arrived`: those of the destination's sidecars alone, which know of mirrored copies too; never with
   * spans. Absent: each request once, as everywhere.
   */
  readonly reports?: "arrived";
}

/** What one chunk has of groups; a group is in one chunk only if all its series have the same destination. */
export interface EvidenceSums<K> extends GroupSums {
  readonly evidence: "metrics" | "spans";
  /** Group i has the rows from i * steps on, one for each step. */
  readonly groups: readonly K[];
  /** Requests by group and interval, where a course is asked for. */
  readonly course: Float64Array | undefined;
  /** Series that were counted. */
  readonly series: readonly EdgeSeries[];
}

/**
 * Requests as they are counted everywhere: by the source's report; by the destination's only where the source
 * stands outside the mesh and has no sidecar to report; by spans only where there is no report at all. So no request
 * counts twice, and kinds of evidence are never added up.
 */
export async function sumEvidence<K>(
  sql: Sql,
  query: EvidenceQuery<K>,
  onSums: (sums: EvidenceSums<K>) => void,
): Promise<void> {
  const { window, steps, course, destination, wants, scope, reports } = query;
  const catalog = catalogOf(sql);
  const [levels, nowMs] = await Promise.all([readEdgeMarks(sql), readNow(sql), catalog.refresh(sql)]);
  const apart = steps ?? course;
  // One interval tells nothing apart: its length need not be one of slots.
  const tiles = tileWindow(window, levels, apart && apart.count > 1 ? { stepMs: apart.stepMs } : {});
  if (reports === "arrived") {
    await eachChunk(
      sql,
      catalog,
      { tiles, chunks: chunksOf(evidenceKinds.secondary, destination) },
      (chunk) => onSums(sumGroups(query, chunk, undefined)),
    );
    const fromOutside = { ...query, wants: (pair: EdgePair) => wants(pair) && isOutside(pair.source) };
    await eachChunk(sql, catalog, { tiles, chunks: chunksOf(evidenceKinds.primary, destination) }, (chunk) =>
      onSums(sumGroups(fromOutside, chunk, undefined)),
    );
    return;
  }
  const told = new Set<unknown>();
  const knowsSpans = catalog.spanPairs.size > 0;
  await eachChunk(sql, catalog, { tiles, chunks: chunksOf(evidenceKinds.primary, destination) }, (chunk) => {
    if (knowsSpans)
      for (const { target } of chunk.series) if (wants(target.pair)) told.add(scope(target.pair));
    onSums(sumGroups(query, chunk, undefined));
  });
  if (!knowsSpans) return;
  const sidesWanted = (pair: EdgePair) => wants(pair) && !told.has(scope(pair));
  const chunks = new Set([...catalog.spanPairs].flatMap(([pair, chunk]) => (sidesWanted(pair) ? chunk : [])));
  if (chunks.size === 0) return;
  await eachChunk(sql, catalog, { tiles, chunks: [...chunks] }, (found) => {
    const chunk = withoutYoung(found, nowMs);
    onSums(sumGroups({ ...query, wants: sidesWanted }, chunk, sidesOf(chunk)));
  });
}

/** By the database's clock. */
async function readNow(sql: Sql): Promise<number> {
  const [row] = await sql<{ now: number }[]>`SELECT (extract(epoch FROM now()) * 1000)::float8 AS now`;
  return row?.now ?? 0;
}

function chunksOf(kind: EvidenceKind, destination: ServiceName | undefined): PackQuery["chunks"] {
  const first = kind * chunksPerKind;
  return destination ? [chunkOf(kind, destination)] : { first, last: first + chunksPerKind - 1 };
}

/** Series that came after the catalog was read are looked up when all else is done. */
async function eachChunk(
  sql: Sql,
  catalog: EdgeCatalog,
  query: Omit<PackQuery, "column">,
  onChunk: (chunk: ChunkPacks) => void,
): Promise<void> {
  const opener = new ChunkOpener(catalog);
  const later: (readonly SlotBytes[])[] = [];
  await readEdgePacks(sql, { ...query, column: "payload" }, (_, found) => {
    const chunk = opener.open(found);
    if (chunk.complete) onChunk(chunk);
    else later.push(found);
  });
  if (later.length > 0) await catalog.refresh(sql);
  for (const found of later) onChunk(opener.open(found));
}

function sumGroups<K>(
  { steps = oneStep, course, wants, group }: EvidenceQuery<K>,
  chunk: ChunkPacks,
  sides: ReadonlyMap<EdgePair, Sides> | undefined,
): EvidenceSums<K> {
  const groups = new Groups<K>();
  const series: EdgeSeries[] = [];
  const counted = new Int32Array(chunk.series.length).fill(-1);
  const timed = sides ? new Int32Array(counted) : counted;
  chunk.series.forEach((own, place) => {
    const { pair } = own.target;
    if (!wants(pair)) return;
    const told = sides?.get(pair);
    if (sides && !told) return;
    if (!told || own.alone || told.counted === own.side) {
      counted[place] = groups.numberOf(group(own));
      series.push(own);
    }
    if (told && (own.alone || told.timed === own.side)) timed[place] = groups.numberOf(group(own));
  });
  const chunkGroups = { count: groups.all.length, counted, timed };
  return {
    ...sumChunk(chunk, chunkGroups, steps),
    ...{ evidence: sides ? "spans" : "metrics", groups: groups.all, series },
    course: course && sumRequests(chunk, chunkGroups, course),
  };
}

/** Numbers of keys, in the order in which they come. One key often comes several times in a row. */
class Groups<K> {
  readonly all: K[] = [];
  readonly #numbers = new Map<K, number>();
  #last = -1;

  numberOf(key: K): number {
    if (this.#last >= 0 && this.all[this.#last] === key) return this.#last;
    this.#last = getOrAdd(this.#numbers, key, () => this.all.push(key) - 1);
    return this.#last;
  }
}
