import { slotMs } from "../time.ts";

/** A table of packs: one row for each slot and chunk. */
export interface EdgeLevel {
  readonly table: "edge_10s" | "edge_1m" | "edge_5m" | "edge_10m" | "edge_1h" | "edge_6h" | "edge_1d";
  /** Length of a slot; a multiple of the level's before. */
  readonly slotMs: number;
  /** Of so many neighbouring buckets (as a power of two) the newest exemplar is kept. */
  readonly exemplarShift: number;
}

const minuteMs = 60_000;

/** From the finest to the coarsest. What is counted enters the first; each other is made of the one before it. */
export const edgeLevels = [
  { table: "edge_10s", slotMs, exemplarShift: 0 },
  { table: "edge_1m", slotMs: minuteMs, exemplarShift: 0 },
  { table: "edge_5m", slotMs: 5 * minuteMs, exemplarShift: 1 },
  { table: "edge_10m", slotMs: 10 * minuteMs, exemplarShift: 1 },
  { table: "edge_1h", slotMs: 60 * minuteMs, exemplarShift: 2 },
  { table: "edge_6h", slotMs: 6 * 60 * minuteMs, exemplarShift: 3 },
  { table: "edge_1d", slotMs: 24 * 60 * minuteMs, exemplarShift: 3 },
] as const satisfies readonly EdgeLevel[];

/** Start of the slot that a time lies in. */
export function slotStart(level: Pick<EdgeLevel, "slotMs">, ms: number): number {
  return Math.floor(ms / level.slotMs) * level.slotMs;
}
