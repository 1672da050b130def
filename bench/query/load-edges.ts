import { maintainPartitions, type Sql } from "@weir/store";
import { completeEdges, type EdgeEntry, resolveEdges, writeEdgeSlot } from "@weir/store/testing";
import type { LoadedData } from "./loaded-data.ts";
import { edgePoints } from "./mesh-edges.ts";

type Table = Parameters<typeof writeEdgeSlot>[1];

const [secondMs, minuteMs, hourMs, dayMs] = [1_000, 60_000, 3_600_000, 86_400_000];

interface Level {
  readonly table: Table;
  readonly slotMs: number;
  /** Which slots are filled, by how long before the end of the data they lie. */
  readonly isRead: (ageMs: number, lengthMs: number) => boolean;
  /** A slot in each of these brings about the partition for all. */
  readonly seedEveryMs: number;
}

/** Windows begin so long before an hour, a day or all days, and end so long before the end; see samples.ts. */
const isBorder = (ageMs: number, lengthMs: number, slotMs = 0) =>
  [0, hourMs, dayMs, lengthMs].some(
    (borderMs) => ageMs > borderMs + 20 * minuteMs - slotMs && ageMs <= borderMs + 30 * minuteMs + slotMs,
  );

/**
 * A window is made of the longest slots that tile it, so of the shorter ones only those near its ends are ever read;
 * to write all of them would take an hour, and no question would take longer.
 */
const levels: readonly Level[] = [
  { table: "edge_10s", slotMs: 10 * secondMs, isRead: isBorder, seedEveryMs: hourMs },
  {
    ...{ table: "edge_1m", slotMs: minuteMs, seedEveryMs: dayMs },
    isRead: (ageMs, lengthMs) => ageMs <= 90 * minuteMs || isBorder(ageMs, lengthMs),
  },
  {
    ...{ table: "edge_5m", slotMs: 5 * minuteMs, seedEveryMs: dayMs },
    isRead: (ageMs, lengthMs) => ageMs <= 90 * minuteMs || isBorder(ageMs, lengthMs, 5 * minuteMs),
  },
  {
    ...{ table: "edge_10m", slotMs: 10 * minuteMs, seedEveryMs: dayMs },
    isRead: (ageMs, lengthMs) => ageMs <= 26 * hourMs || ageMs >= lengthMs - hourMs,
  },
  { table: "edge_1h", slotMs: hourMs, isRead: () => true, seedEveryMs: dayMs },
  { table: "edge_6h", slotMs: 6 * hourMs, isRead: () => true, seedEveryMs: dayMs },
  { table: "edge_1d", slotMs: dayMs, isRead: () => true, seedEveryMs: dayMs },
];

/** Slots that are encoded and copied at once. */
const lanes = 2;

/** Rollups of every length, as if sidecars had told of the edges for days. `onLevel` is told of each level that is done. */
export async function loadEdges(sql: Sql, data: LoadedData, onLevel: (table: string) => void): Promise<void> {
  for (const level of levels) {
    const entries = await resolveEdges(sql, edgePoints(data, level.slotMs / 1_000));
    const slots = slotsOf(level, data);
    const seeds = new Set([slots[0], ...slots.filter((slot) => slot % level.seedEveryMs === 0)]);
    await writeAll(
      sql,
      level,
      slots.filter((slot) => seeds.has(slot)),
      entries,
    );
    // Among the outliers these are; the partitions that are made for them take what comes now.
    await maintainPartitions(sql, { nowMs: data.untilMs, aheadHours: 1 });
    await writeAll(
      sql,
      level,
      slots.filter((slot) => !seeds.has(slot)),
      entries,
    );
    onLevel(level.table);
  }
  await completeEdges(sql, data.untilMs);
}

/** Starts of slots that are over by the end of the data, from two hours before the longest window on. */
function slotsOf({ slotMs, isRead }: Level, { untilMs, days }: LoadedData): number[] {
  const lengthMs = days * dayMs;
  const first = Math.floor((untilMs - lengthMs - 2 * hourMs) / slotMs);
  const count = Math.floor(untilMs / slotMs) - first;
  return Array.from({ length: count }, (_, i) => (first + i) * slotMs).filter((slot) =>
    isRead(untilMs - slot, lengthMs),
  );
}

async function writeAll(sql: Sql, { table }: Level, slots: readonly number[], entries: readonly EdgeEntry[]) {
  const waiting = slots.values();
  const lane = async () => {
    for (const slot of waiting) await writeEdgeSlot(sql, table, slot, entries);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
