import { readBinaryRows } from "../../connection/copy-binary.ts";
import type { TransactionSql } from "../../connection/open-sql.ts";
import { type EdgeLevel, slotStart } from "./edge-levels.ts";
import { getOrAdd } from "./get-or-add.ts";
import { insertPacks, type PackParts, type PackRow, packRow } from "./insert-packs.ts";

/** What is to be added to a level, by slot and chunk. */
export class PackAdditions {
  readonly level: EdgeLevel;
  readonly #slots = new Map<number, Map<number, PackParts>>();

  constructor(level: EdgeLevel) {
    this.level = level;
  }

  /** Slots, ascending, with what is added to each of their chunks. */
  get slots(): (readonly [slotMs: number, chunks: Map<number, PackParts>])[] {
    return [...this.#slots].sort(([a], [b]) => a - b);
  }

  /** @param slotMs of the level or a finer one. */
  partsOf(slotMs: number, chunk: number): PackParts {
    return partsIn(
      getOrAdd(this.#slots, slotStart(this.level, slotMs), () => new Map()),
      chunk,
    );
  }
}

function partsIn(chunks: Map<number, PackParts>, chunk: number): PackParts {
  return getOrAdd(chunks, chunk, () => ({ packs: [], exemplars: [] }));
}

/** Slots whose rows are in memory at a time. */
const slotsAtOnce = 16;

/**
 * Takes the rows that change out of the table and puts them back with the additions: one statement each way, whatever
 * the number of rows. Only for whoever holds the lock of the rollups.
 */
export async function addPacks(transaction: TransactionSql, additions: PackAdditions): Promise<void> {
  const { level, slots } = additions;
  for (let i = 0; i < slots.length; i += slotsAtOnce) {
    const some = new Map(slots.slice(i, i + slotsAtOnce));
    await takeRows(transaction, level, some);
    const rows: PackRow[] = [];
    for (const [slotMs, chunks] of some)
      for (const [chunk, parts] of chunks) {
        const row = packRow(level, slotMs, chunk, parts);
        if (row) rows.push(row);
      }
    await insertPacks(transaction, level, rows);
  }
}

/** Deletes rows of these slots and chunks, and puts what they hold first among the additions, which are newer. */
async function takeRows(
  transaction: TransactionSql,
  { table }: EdgeLevel,
  slots: ReadonlyMap<number, Map<number, PackParts>>,
): Promise<void> {
  const chunks = new Set([...slots.values()].flatMap((own) => [...own.keys()]));
  // A few rows more than there are additions to may come; they go back as they were.
  const query = `
    DELETE FROM ${table}
    WHERE slot_ms = ANY('{${[...slots.keys()].join()}}'::bigint[]) AND chunk = ANY('{${[...chunks].join()}}'::smallint[])
    RETURNING slot_ms, chunk, payload, exemplars`;
  await readBinaryRows(transaction, query, ([slot, chunk, payload, exemplars]) => {
    const startMs = Number((slot as Buffer).readBigInt64BE());
    const own = slots.get(startMs);
    if (!own) return;
    const parts = partsIn(own, (chunk as Buffer).readInt16BE());
    parts.packs.unshift(payload as Buffer);
    if (exemplars) parts.exemplars.unshift({ startMs, bytes: exemplars });
  });
}
