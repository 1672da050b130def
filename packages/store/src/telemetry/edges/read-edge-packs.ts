import type { Window } from "@weir/domain";
import { readBinaryRows } from "../../connection/copy-binary.ts";
import type { Sql } from "../../connection/open-sql.ts";
import { decodeSections } from "./edge-delta.ts";
import { type EdgeLevel, edgeLevels } from "./edge-levels.ts";
import type { Tile } from "./tile-window.ts";

/** Of a slot of any level, or a delta to one of 10 s. */
export interface SlotBytes {
  readonly slotMs: number;
  readonly endMs: number;
  readonly bytes: Uint8Array;
}

export interface PackQuery {
  readonly tiles: readonly Tile<EdgeLevel>[];
  /** First and last chunk that is wanted, or each of them. */
  readonly chunks: { readonly first: number; readonly last: number } | readonly number[];
  readonly column: "payload" | "exemplars";
}

/**
 * All that is stored of the chunks in these slots, and all that still waits to be folded into them. One statement, which
 * sees the database as it was at one moment: nothing that is folded meanwhile is missed, or met twice.
 *
 * @param onChunk is given each chunk that has something, once; as soon as its last row has come, so that Postgres works
 * on the next meanwhile.
 */
export async function readEdgePacks(
  sql: Sql,
  query: PackQuery,
  onChunk: (chunk: number, found: readonly SlotBytes[]) => void,
): Promise<void> {
  const [first, last] = [query.tiles[0], query.tiles.at(-1)];
  if (!first || !last) return;
  const range = { fromMs: first.fromMs, toMs: last.toMs };
  const deltas = new Map<number, SlotBytes[]>();
  let chunk = deltaChunk;
  let found: SlotBytes[] = [];
  await readBinaryRows(sql, packsSql(query, range), ([chunkField, slot, length, bytes]) => {
    const next = (chunkField as Buffer).readInt16BE();
    if (next === deltaChunk) return addDelta(deltas, query, range, bytes as Buffer);
    if (next !== chunk) {
      if (found.length > 0) onChunk(chunk, found);
      chunk = next;
      found = deltas.get(next) ?? [];
      deltas.delete(next);
    }
    const slotMs = Number((slot as Buffer).readBigInt64BE());
    found.push({ slotMs, endMs: slotMs + (length as Buffer).readInt32BE(), bytes: bytes as Buffer });
  });
  if (found.length > 0) onChunk(chunk, found);
  for (const [own, waiting] of deltas) onChunk(own, waiting);
}

/** Deltas hold sections of any chunks. They come first. */
const deltaChunk = -1;

/** Its rows are `chunk, slot_ms, length of the slot, bytes`; deltas come first. */
export function packsSql({ tiles, chunks, column }: PackQuery, { fromMs, toMs }: Window): string {
  const ofChunks =
    "first" in chunks
      ? `chunk BETWEEN ${chunks.first} AND ${chunks.last}`
      : `chunk = ANY ('{${chunks.join()}}'::smallint[])`;
  const packs = tiles.map(
    (tile) => `
      SELECT chunk, slot_ms, ${tile.level.slotMs}, ${column} FROM ${tile.level.table}
      WHERE slot_ms >= ${tile.fromMs} AND slot_ms < ${tile.toMs} AND ${ofChunks} AND ${column} IS NOT NULL`,
  );
  return `
    SELECT ${deltaChunk}::smallint AS chunk, 0::bigint, 0, ${column} FROM edge_delta
      WHERE last_slot_ms >= ${fromMs} AND first_slot_ms < ${toMs} AND ${column} IS NOT NULL
      UNION ALL ${packs.join(" UNION ALL ")}
      ORDER BY chunk`;
}

function addDelta(
  deltas: Map<number, SlotBytes[]>,
  { chunks }: PackQuery,
  { fromMs, toMs }: Window,
  encoded: Uint8Array,
): void {
  for (const { slotMs, chunk, bytes } of decodeSections(encoded)) {
    if (slotMs < fromMs || slotMs >= toMs) continue;
    if ("first" in chunks ? chunk < chunks.first || chunk > chunks.last : !chunks.includes(chunk)) continue;
    const delta = { slotMs, endMs: slotMs + edgeLevels[0].slotMs, bytes };
    const own = deltas.get(chunk);
    if (own) own.push(delta);
    else deltas.set(chunk, [delta]);
  }
}
