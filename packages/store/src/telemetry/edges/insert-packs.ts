import { int2Field, int8Field, writeBinaryRows } from "../../connection/copy-binary.ts";
import type { TransactionSql } from "../../connection/open-sql.ts";
import { decodeExemplars, NewestExemplars } from "./edge-exemplars.ts";
import type { EdgeLevel } from "./edge-levels.ts";
import { mergePacks } from "./merge-packs.ts";

/** A row of a level's table. */
export interface PackRow {
  readonly slotMs: number;
  readonly chunk: number;
  readonly payload: Uint8Array;
  readonly exemplars: Uint8Array | undefined;
}

/** What belongs into one row: packs, and exemplars with the start of the slot that each was written for. */
export interface PackParts {
  readonly packs: Uint8Array[];
  readonly exemplars: { readonly startMs: number; readonly bytes: Uint8Array }[];
}

/** The row of all parts; undefined: nothing is left of them. */
export function packRow(
  level: EdgeLevel,
  slotMs: number,
  chunk: number,
  { packs, exemplars }: PackParts,
): PackRow | undefined {
  const payload = mergePacks(packs);
  if (!payload) return undefined;
  const newest = new NewestExemplars(level.exemplarShift);
  for (const { startMs, bytes } of exemplars)
    for (const exemplar of decodeExemplars(bytes, startMs)) newest.add(exemplar);
  return { slotMs, chunk, payload, exemplars: newest.encode(slotMs) };
}

/** Rows whose places are free. */
export async function insertPacks(
  transaction: TransactionSql,
  { table }: EdgeLevel,
  rows: readonly PackRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await writeBinaryRows(
    transaction,
    `${table} (slot_ms, chunk, payload, exemplars)`,
    rows.map(({ slotMs, chunk, payload, exemplars }) => [
      int8Field(slotMs),
      int2Field(chunk),
      payload,
      exemplars ?? null,
    ]),
  );
}
