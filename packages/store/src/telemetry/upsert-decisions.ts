import type { TransactionSql } from "../connection/open-sql.ts";
import { count } from "./count.ts";
import type { ResolvedRequest } from "./resolved-batch.ts";
import { slotOfIntervalEnd } from "./time.ts";

type Point = ResolvedRequest["decisionPoints"][number];

interface DecisionRow {
  readonly seriesId: number;
  readonly slotMs: number;
  evaluated: number;
  wouldAct: number;
  acted: number;
}

/** Adds decisions to their series and slot. */
export async function upsertDecisions(transaction: TransactionSql, points: Iterable<Point>): Promise<void> {
  const rows = [...sumUp(points).values()].sort((a, b) => a.seriesId - b.seriesId || a.slotMs - b.slotMs);
  if (rows.length === 0) return;
  const column = <T>(value: (row: DecisionRow) => T): T[] => rows.map(value);
  await transaction`
    INSERT INTO decision_10s AS known (series_id, slot_ms, evaluated, would_act, acted)
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

function sumUp(points: Iterable<Point>): Map<string, DecisionRow> {
  const rows = new Map<string, DecisionRow>();
  for (const point of points) {
    const slotMs = slotOfIntervalEnd(point.timeMs);
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
  return rows;
}
