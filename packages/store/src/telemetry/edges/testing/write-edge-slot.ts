import { inTransaction } from "../../../connection/in-transaction.ts";
import { guarded, type Sql } from "../../../connection/open-sql.ts";
import { createTelemetryCaches } from "../../caches.ts";
import { resolveEdgeSeries, resolveServices } from "../../dictionaries.ts";
import type { EdgePoint } from "../../records.ts";
import { chunkOfPoint } from "../edge-chunk.ts";
import { type EdgeLevel, edgeLevels, slotStart } from "../edge-levels.ts";
import { insertPacks, type PackRow } from "../insert-packs.ts";
import { exemplarsOf } from "../point-exemplars.ts";
import { moveMark } from "../rollup-marks.ts";
import { sumPoints } from "../sum-points.ts";

/** A point and its series. */
export type EdgeEntry = EdgePoint & { readonly seriesId: number };

/** Adds what the points name to the dictionaries; the result is in their order. */
export async function resolveEdges(sql: Sql, points: readonly EdgePoint[]): Promise<EdgeEntry[]> {
  return guarded(sql, async () => {
    const caches = createTelemetryCaches();
    const ends = points.flatMap(({ source, destination }) => [source, destination]);
    const services = await resolveServices(
      sql,
      caches,
      ends.map(({ namespace, service, version }) => ({ namespace, name: service, version })),
    );
    const ids = await resolveEdgeSeries(sql, caches, services, points);
    return points.map((point, i) => ({ ...point, seriesId: ids[i] ?? 0 }));
  });
}

/**
 * Writes a slot of a level as if all of these had been committed and folded; their times are not looked at. The slot
 * must have been empty.
 */
export function writeEdgeSlot(
  sql: Sql,
  table: EdgeLevel["table"],
  slotMs: number,
  entries: readonly EdgeEntry[],
): Promise<void> {
  const level = edgeLevels.find((own) => own.table === table) ?? edgeLevels[0];
  const rows = [...Map.groupBy(entries, chunkOfPoint)].flatMap(([chunk, own]): PackRow[] => {
    const payload = sumPoints(own);
    return payload ? [{ slotMs, chunk, payload, exemplars: exemplarsOf(own, slotMs) }] : [];
  });
  return guarded(sql, () => inTransaction(sql, (transaction) => insertPacks(transaction, level, rows)));
}

/** From now on questions use those coarser levels that have rows: all that was before must have been written. */
export function completeEdges(sql: Sql, untilMs: number): Promise<void> {
  return guarded(sql, () =>
    inTransaction(sql, async (transaction) => {
      for (const level of edgeLevels.slice(1)) {
        const rows = await transaction`SELECT 1 FROM ${transaction(level.table)} LIMIT 1`;
        if (rows.length > 0) await moveMark(transaction, level, slotStart(level, untilMs));
      }
    }),
  );
}
