import type { Sql, TransactionSql } from "../../connection/open-sql.ts";
import { type EdgeLevel, edgeLevels } from "./edge-levels.ts";

/**
 * From when to when a table of sums can be asked. Both only grow: what marks that were read before call complete stays
 * so. What they call kept may be dropped before the sums are read, by a statement of its own: the partition counts as
 * empty then, in that one answer.
 */
export interface RollupMark {
  /** Before this its partitions are dropped. */
  readonly keptFromMs: number;
  /** Slots that end after this are not made yet. */
  readonly completeUntilMs: number;
}

export interface MarkedLevel<L extends { readonly slotMs: number }> extends RollupMark {
  readonly level: L;
}

/** The levels of edges, from the finest to the coarsest, with their marks. */
export async function readEdgeMarks(sql: Sql | TransactionSql): Promise<MarkedLevel<EdgeLevel>[]> {
  return withMarks(sql, edgeLevels);
}

export async function withMarks<L extends { readonly table: string; readonly slotMs: number }>(
  sql: Sql | TransactionSql,
  levels: readonly L[],
): Promise<MarkedLevel<L>[]> {
  const rows = await sql<(RollupMark & { name: string })[]>`
    SELECT name, kept_from_ms::float8 AS "keptFromMs", complete_until_ms::float8 AS "completeUntilMs" FROM rollup`;
  return levels.map((level) => {
    const { keptFromMs, completeUntilMs } = rows.find(({ name }) => name === level.table) ?? nothingMade;
    return { level, keptFromMs, completeUntilMs };
  });
}

const nothingMade: RollupMark = { keptFromMs: 0, completeUntilMs: 0 };

export async function moveMark(
  transaction: TransactionSql,
  { table }: EdgeLevel,
  completeUntilMs: number,
): Promise<void> {
  await transaction`
    UPDATE rollup SET complete_until_ms = GREATEST(complete_until_ms, ${completeUntilMs}) WHERE name = ${table}`;
}
