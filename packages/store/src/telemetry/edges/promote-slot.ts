import { readBinaryRows } from "../../connection/copy-binary.ts";
import type { TransactionSql } from "../../connection/open-sql.ts";
import { type EdgeLevel, slotStart } from "./edge-levels.ts";
import { insertPacks, type PackParts, type PackRow, packRow } from "./insert-packs.ts";
import { type MarkedLevel, moveMark, readEdgeMarks } from "./rollup-marks.ts";

/**
 * How long after its end a slot of 10 s counts as over: what usually comes late is there by then. Longer than edges to
 * services without spans are held back, so that they are in the finest slots alone for as long (`youngMs`).
 */
export const graceMs = 30_000;

/**
 * Makes the next slot of a coarser level that is over, of the finer ones it is made of; where there was nothing, only
 * the mark moves. Late counts are added to slots that are made. False: none is due.
 */
export async function promoteNextSlot(transaction: TransactionSql, nowMs: number): Promise<boolean> {
  const [finest, ...coarser] = (await readEdgeMarks(transaction)) as [Marked, ...Marked[]];
  let finer = finest.level;
  let finerUntilMs = nowMs - graceMs;
  for (const { level, completeUntilMs } of coarser) {
    const overUntilMs = Math.max(completeUntilMs, slotStart(level, finerUntilMs));
    const firstMs = await firstSlot(transaction, finer, completeUntilMs, overUntilMs);
    if (firstMs !== undefined) {
      const startMs = slotStart(level, firstMs);
      await insertPacks(transaction, level, await sumOfFiner(transaction, finer, level, startMs));
      await moveMark(transaction, level, startMs + level.slotMs);
      return true;
    }
    if (overUntilMs > completeUntilMs) await moveMark(transaction, level, overUntilMs);
    finer = level;
    finerUntilMs = overUntilMs;
  }
  return false;
}

type Marked = MarkedLevel<EdgeLevel>;

/** Start of the first slot that has anything in it; undefined: none of them. */
async function firstSlot(
  transaction: TransactionSql,
  { table }: EdgeLevel,
  fromMs: number,
  toMs: number,
): Promise<number | undefined> {
  if (fromMs >= toMs) return undefined;
  const [row] = await transaction<{ first: number | null }[]>`
    SELECT min(slot_ms)::float8 AS first FROM ${transaction(table)}
    WHERE slot_ms >= ${fromMs} AND slot_ms < ${toMs}`;
  return row?.first ?? undefined;
}

/** A chunk's rows come together, so that no more than those are in memory. */
async function sumOfFiner(
  transaction: TransactionSql,
  finer: EdgeLevel,
  level: EdgeLevel,
  startMs: number,
): Promise<PackRow[]> {
  const rows: PackRow[] = [];
  let chunk = -1;
  let parts: PackParts = { packs: [], exemplars: [] };
  const close = () => {
    const row = parts.packs.length > 0 ? packRow(level, startMs, chunk, parts) : undefined;
    if (row) rows.push(row);
    parts = { packs: [], exemplars: [] };
  };
  const query = `
    SELECT chunk, slot_ms, payload, exemplars FROM ${finer.table}
    WHERE slot_ms >= ${startMs} AND slot_ms < ${startMs + level.slotMs} ORDER BY chunk, slot_ms`;
  await readBinaryRows(transaction, query, ([chunkField, slot, payload, exemplars]) => {
    const next = (chunkField as Buffer).readInt16BE();
    if (next !== chunk) close();
    chunk = next;
    parts.packs.push(payload as Buffer);
    if (exemplars)
      parts.exemplars.push({ startMs: Number((slot as Buffer).readBigInt64BE()), bytes: exemplars });
  });
  close();
  return rows;
}
