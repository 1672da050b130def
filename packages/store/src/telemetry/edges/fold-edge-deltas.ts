import { readBinaryRows } from "../../connection/copy-binary.ts";
import { inTransaction } from "../../connection/in-transaction.ts";
import { guarded, type Sql, type TransactionSql } from "../../connection/open-sql.ts";
import { addPacks, PackAdditions } from "./add-packs.ts";
import { decodeSections } from "./edge-delta.ts";
import { type EdgeLevel, edgeLevels, slotStart } from "./edge-levels.ts";
import { promoteNextSlot } from "./promote-slot.ts";
import { type MarkedLevel, readEdgeMarks } from "./rollup-marks.ts";

export interface FoldSettings {
  /** By the clock of whoever calls: when slots are over. */
  readonly nowMs: number;
  /** Bytes of deltas that one call takes; 4 MiB unless told. */
  readonly mostBytes?: number;
  /** Slots of coarser levels that one call makes; 32 unless told. */
  readonly mostSlots?: number;
}

export interface Folded {
  /** Deltas that are in the rollups now, and their bytes. */
  readonly deltas: number;
  readonly bytes: number;
  /** Slots of coarser levels that were made. */
  readonly slots: number;
  /** There is more to do: call again at once. */
  readonly more: boolean;
}

/** A row of deltas is a commit's: 1 MB and 1,000 packs at most. */
const mostSections = 8_000;

/**
 * Adds what was committed to the rollups, and makes the coarser slots that are over. Meant for every few seconds, by as
 * many collectors as there are: one works at a time, and the others leave it to that one. Each step is a transaction,
 * so a crash repeats nothing and loses nothing, and every question sees a delta either here or there.
 */
export function foldEdgeDeltas(sql: Sql, settings: FoldSettings): Promise<Folded> {
  const { nowMs, mostBytes = 4 * 2 ** 20, mostSlots = 32 } = settings;
  return guarded(sql, async () => {
    const taken = await asFolder(sql, (transaction) => foldSome(transaction, mostBytes));
    if (!taken) return { deltas: 0, bytes: 0, slots: 0, more: false };
    let slots = 0;
    let found = true;
    while (found && slots < mostSlots) {
      found = (await asFolder(sql, (transaction) => promoteNextSlot(transaction, nowMs))) ?? false;
      if (found) slots++;
    }
    return { ...taken, slots, more: found || taken.more };
  });
}

/** Any number will do, as long as nobody else uses it for something else. */
const foldLock = 0x65646765;

/**
 * Undefined: somebody else is at it. Partitions are not changed meanwhile: a statement that had to wait for one to be
 * made would look for rows where they were before, and find none.
 */
function asFolder<T>(sql: Sql, work: (transaction: TransactionSql) => Promise<T>): Promise<T | undefined> {
  return inTransaction(sql, async (transaction) => {
    const [lock] = await transaction<{ mine: boolean }[]>`
      SELECT pg_try_advisory_xact_lock(${foldLock}) AS mine`;
    if (!lock?.mine) return undefined;
    const tables = edgeLevels.map(({ table }) => `ONLY ${table}`).join();
    await transaction.unsafe(`LOCK TABLE ${tables} IN ROW EXCLUSIVE MODE`);
    return work(transaction);
  });
}

async function foldSome(transaction: TransactionSql, mostBytes: number): Promise<Omit<Folded, "slots">> {
  const levels = await readEdgeMarks(transaction);
  const additions = levels.map(({ level }) => new PackAdditions(level));
  // What is committed meanwhile is for the next call, or there would be no end of calls under load.
  const [last] = await transaction<{ id: string | null }[]>`SELECT max(id) AS id FROM edge_delta`;
  let deltas = 0;
  let bytes = 0;
  await readBinaryRows(transaction, takeDeltas(mostBytes), ([payload, exemplars]) => {
    deltas++;
    bytes += (payload?.length ?? 0) + (exemplars?.length ?? 0);
    addSections(levels, additions, "packs", payload);
    addSections(levels, additions, "exemplars", exemplars);
  });
  for (const own of additions) await addPacks(transaction, own);
  const [rest] = await transaction<{ more: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM edge_delta WHERE id <= ${last?.id ?? "0"}) AS more`;
  return { deltas, bytes, more: deltas > 0 && (rest?.more ?? false) };
}

/** The oldest deltas, one at least. Those of transactions that have not ended yet are not seen, and come later. */
function takeDeltas(mostBytes: number): string {
  return `
    DELETE FROM edge_delta WHERE id IN (
      SELECT id FROM (
        SELECT id, row_number() OVER earlier AS place, sum(sections) OVER earlier AS sections,
          sum(octet_length(payload) + coalesce(octet_length(exemplars), 0)) OVER earlier AS bytes
        FROM edge_delta WINDOW earlier AS (ORDER BY id)
      ) AS oldest
      WHERE place = 1 OR (sections <= ${mostSections} AND bytes <= ${Math.floor(mostBytes)})
    ) RETURNING payload, exemplars`;
}

/**
 * What was counted enters the finest level; and those coarser slots that are made already, which is how what comes
 * late finds its place. All others will be made of what is in the finer ones by then.
 */
function addSections(
  levels: readonly MarkedLevel<EdgeLevel>[],
  additions: readonly PackAdditions[],
  part: "packs" | "exemplars",
  encoded: Buffer | null | undefined,
): void {
  if (!encoded) return;
  for (const { slotMs, chunk, bytes } of decodeSections(encoded))
    levels.forEach(({ level, completeUntilMs }, i) => {
      if (slotStart(level, slotMs) + level.slotMs > completeUntilMs) return;
      const parts = additions[i]?.partsOf(slotMs, chunk);
      if (part === "packs") parts?.packs.push(bytes);
      else parts?.exemplars.push({ startMs: slotMs, bytes });
    });
}
