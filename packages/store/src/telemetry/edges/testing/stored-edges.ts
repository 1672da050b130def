import type { SparseHistogram } from "@weir/domain";
import { readBinaryRows } from "../../../connection/copy-binary.ts";
import type { Sql } from "../../../connection/open-sql.ts";
import { decodeSections } from "../edge-delta.ts";
import { type EdgeLevel, edgeLevels } from "../edge-levels.ts";
import { openPack, readSeries } from "../edge-pack.ts";
import { SeriesSums } from "../series-sums.ts";

/** What is stored of a series in a slot, as it is told apart in tests. */
export interface StoredEdge {
  readonly slotMs: number;
  readonly chunk: number;
  readonly seriesId: number;
  readonly requests: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly durationUs: number;
  readonly histogram: SparseHistogram;
}

/** The entries of a pack. */
export function entriesOf(bytes: Uint8Array): Omit<StoredEdge, "slotMs" | "chunk">[] {
  const pack = openPack(bytes);
  const series = new Int32Array(pack.entries);
  readSeries(pack, series);
  const sums = new SeriesSums(pack.entries, pack);
  sums.add(pack, Int32Array.from(series.keys()));
  return Array.from(series, (seriesId, row) => ({
    seriesId,
    requests: sums.requests[row] ?? 0,
    requestBytes: sums.requestBytes[row] ?? 0,
    responseBytes: sums.responseBytes[row] ?? 0,
    durationUs: sums.durationUs[row] ?? 0,
    histogram: histogramOf(sums, row),
  }));
}

function histogramOf({ buckets, width, lowest }: SeriesSums, row: number): SparseHistogram {
  const filled = Array.from(buckets.subarray(row * width, (row + 1) * width).entries()).filter(
    ([, count]) => count !== 0,
  );
  return { indexes: filled.map(([i]) => i + lowest), counts: filled.map(([, count]) => count) };
}

/** All rows of a level, by slot and chunk. */
export async function foldedEdges(
  sql: Sql,
  table: EdgeLevel["table"] = edgeLevels[0].table,
): Promise<StoredEdge[]> {
  const edges: StoredEdge[] = [];
  const statement = `SELECT slot_ms, chunk, payload FROM ${table} ORDER BY 1, 2`;
  await readBinaryRows(sql, statement, ([slot, chunk, payload]) => {
    const place = { slotMs: Number(slot?.readBigInt64BE()), chunk: chunk?.readInt16BE() ?? 0 };
    for (const entry of entriesOf(payload as Buffer)) edges.push({ ...place, ...entry });
  });
  return edges;
}

/** What is not folded yet, in the order in which it came. */
export async function waitingEdges(sql: Sql): Promise<StoredEdge[]> {
  const edges: StoredEdge[] = [];
  const statement = "SELECT payload FROM edge_delta ORDER BY id";
  await readBinaryRows(sql, statement, ([payload]) => {
    for (const { slotMs, chunk, bytes } of decodeSections(payload as Buffer))
      for (const entry of entriesOf(bytes)) edges.push({ slotMs, chunk, ...entry });
  });
  return edges;
}

/** Everything that was ever written. */
export async function storedEdges(sql: Sql): Promise<StoredEdge[]> {
  return [...(await foldedEdges(sql)), ...(await waitingEdges(sql))];
}
