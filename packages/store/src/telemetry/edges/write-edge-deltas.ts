import type { TransactionSql } from "../../connection/open-sql.ts";
import type { ResolvedRequest } from "../resolved-batch.ts";
import { slotMs, slotOfIntervalEnd } from "../time.ts";
import { chunkOfPoint } from "./edge-chunk.ts";
import { encodeSections, type Section } from "./edge-delta.ts";
import { exemplarsOf } from "./point-exemplars.ts";
import { sumPoints } from "./sum-points.ts";

export type ResolvedEdgePoint = ResolvedRequest["edgePoints"][number];

/** Of one row, so that whoever folds rows into the rollups takes a little at a time. */
const mostSections = 1_000;
const mostBytes = 1_000_000;
/** Slots further apart than this stand in rows of their own, so that a row's first and last slot say what is in it. */
const widestGapMs = 6 * slotMs;

/**
 * Notes what was added to edges, as packs that wait to be folded into the rollups (`foldEdgeDeltas`); every question
 * adds those that still wait. One INSERT: writers of the same slots need no locks and never wait for each other.
 */
export async function writeEdgeDeltas(
  transaction: TransactionSql,
  points: Iterable<ResolvedEdgePoint>,
): Promise<void> {
  const rows = deltasOf(points).map(({ packs, exemplars }) => ({
    first_slot_ms: packs[0]?.slotMs ?? 0,
    last_slot_ms: packs.at(-1)?.slotMs ?? 0,
    sections: packs.length,
    payload: Buffer.from(encodeSections(packs)),
    exemplars: exemplars.length > 0 ? Buffer.from(encodeSections(exemplars)) : null,
  }));
  if (rows.length > 0) await transaction`INSERT INTO edge_delta ${transaction(rows)}`;
}

interface Delta {
  /** By slot. */
  readonly packs: Section[];
  readonly exemplars: Section[];
  bytes: number;
}

function deltasOf(points: Iterable<ResolvedEdgePoint>): Delta[] {
  const deltas: Delta[] = [];
  for (const { slot, chunk, own } of sectionsOf(points)) {
    const bytes = sumPoints(own);
    if (!bytes) continue;
    let delta = deltas.at(-1);
    if (!delta || isFull(delta, slot)) {
      delta = { packs: [], exemplars: [], bytes: 0 };
      deltas.push(delta);
    }
    delta.packs.push({ slotMs: slot, chunk, bytes });
    delta.bytes += bytes.length;
    const exemplars = exemplarsOf(own, slot);
    if (exemplars) delta.exemplars.push({ slotMs: slot, chunk, bytes: exemplars });
  }
  return deltas;
}

function isFull({ packs, bytes }: Delta, slot: number): boolean {
  return (
    packs.length >= mostSections || bytes >= mostBytes || slot - (packs.at(-1)?.slotMs ?? slot) > widestGapMs
  );
}

/** Points of one slot and chunk together, by slot. */
function sectionsOf(points: Iterable<ResolvedEdgePoint>) {
  const sections = new Map<string, { slot: number; chunk: number; own: ResolvedEdgePoint[] }>();
  for (const point of points) {
    const slot = slotOfIntervalEnd(point.timeMs);
    const chunk = chunkOfPoint(point);
    const key = `${slot} ${chunk}`;
    const section = sections.get(key);
    if (section) section.own.push(point);
    else sections.set(key, { slot, chunk, own: [point] });
  }
  return [...sections.values()].sort((a, b) => a.slot - b.slot || a.chunk - b.chunk);
}
