import type { Window } from "@weir/domain";
import type { PendingQuery, Row } from "postgres";
import type { Sql } from "../connection/open-sql.ts";
import type { DecisionCounts } from "./answers.ts";
import { withMarks } from "./edges/rollup-marks.ts";
import { tileWindow } from "./edges/tile-window.ts";
import { hourMs, slotMs } from "./time.ts";

/** From the finest to the coarsest; every commit adds to both. */
const decisionLevels = [
  { table: "decision_10s", slotMs },
  { table: "decision_1h", slotMs: hourMs },
];

/**
 * What series of decisions counted in a window, as the SQL of rows `series_id, evaluated, would_act, acted`: of hours
 * where the window has whole ones, of ten seconds at its ends. A series has a row for each of them.
 */
export async function decisionSums(sql: Sql, window: Window): Promise<string> {
  const columns = "SELECT series_id, evaluated, would_act, acted FROM";
  const nothing = `${columns} decision_10s WHERE false`;
  const tiles = tileWindow(window, await withMarks(sql, decisionLevels)).map(
    ({ level, fromMs, toMs }) => `${columns} ${level.table} WHERE slot_ms >= ${fromMs} AND slot_ms < ${toMs}`,
  );
  return [nothing, ...tiles].join(" UNION ALL ");
}

/** From when on the finest sums are kept: of what was before nobody can say that nothing was decided. */
export async function decisionsKeptFrom(sql: Sql): Promise<number> {
  const [finest] = await withMarks(sql, decisionLevels);
  return finest!.keptFromMs;
}

/** Columns of an answer, of rows that are grouped. */
export function countColumns(sql: Sql): PendingQuery<Row[]> {
  return sql`sum(evaluated)::float8 AS evaluated, sum(would_act)::float8 AS "wouldAct", sum(acted)::float8 AS acted`;
}

export function byFrequency(a: DecisionCounts, b: DecisionCounts): number {
  return b.evaluated - a.evaluated;
}
