import type { TransactionSql } from "../connection/open-sql.ts";
import { count } from "./count.ts";
import type { ResolvedRequest } from "./resolved-batch.ts";
import { hourMs, slotMs, slotOfIntervalEnd } from "./time.ts";

type Point = ResolvedRequest["decisionPoints"][number];

interface DecisionRow {
  readonly seriesId: number;
  readonly slotMs: number;
  evaluated: number;
  wouldAct: number;
  acted: number;
}

/** Adds decisions to their series, in the slot of 10 s and that of an hour: so no question finds one without the other. */
export async function upsertDecisions(transaction: TransactionSql, points: Iterable<Point>): Promise<void> {
  const all = [...points];
  await upsert(transaction, "decision_10s", sumUp(all, slotMs));
  await upsert(transaction, "decision_1h", sumUp(all, hourMs));
}

async function upsert(
  transaction: TransactionSql,
  table: "decision_10s" | "decision_1h",
  sums: Iterable<DecisionRow>,
): Promise<void> {
  const rows = [...sums].sort((a, b) => a.seriesId - b.seriesId || a.slotMs - b.slotMs);
  if (rows.length === 0) return;
  const column = <T>(value: (row: DecisionRow) => T): T[] => rows.map(value);
  await transaction`
    INSERT INTO ${transaction(table)} AS known (series_id, slot_ms, evaluated, would_act, acted)
    SELECT * FROM unnest(
      ${column((row) => row.seriesId)}::int[], ${column((row) => row.slotMs)}::bigint[],
      ${column((row) => row.evaluated)}::bigint[], ${column((row) => row.wouldAct)}::bigint[],
      ${column((row) => row.acted)}::bigint[]
    ) AS added (series_id, slot_ms, evaluated, would_act, acted)
    ORDER BY series_id, slot_ms
    ON CONFLICT (series_id, slot_ms) DO UPDATE SET
      evaluated = known.evaluated + excluded.evaluated,
      would_act = known.would_act + excluded.would_act,
      acted = known.acted + excluded.acted`;
}

function sumUp(points: Iterable<Point>, lengthMs: number): Iterable<DecisionRow> {
  const rows = new Map<string, DecisionRow>();
  for (const point of points) {
    const slotMs = Math.floor(slotOfIntervalEnd(point.timeMs) / lengthMs) * lengthMs;
    const key = `${point.seriesId}:${slotMs}`;
    let row = rows.get(key);
    if (!row) {
      row = { seriesId: point.seriesId, slotMs, evaluated: 0, wouldAct: 0, acted: 0 };
      rows.set(key, row);
    }
    row.evaluated += count(point.evaluated);
    row.wouldAct += count(point.wouldAct);
    row.acted += count(point.acted);
  }
  return rows.values();
}
