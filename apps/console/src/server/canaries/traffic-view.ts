import type { VersionSplit } from "@weir/store";

export interface VersionSlot {
  readonly atMs: number;
  readonly requests: Record<string, number>;
}

const slotMs = 10_000;

/** The series of all versions as one row an interval; a version without requests is absent from it. */
export function slotsOf({ versions }: Pick<VersionSplit, "versions">): VersionSlot[] {
  const slots = new Map<number, Record<string, number>>();
  for (const { version, series } of versions)
    for (const { atMs, requests } of series) {
      const slot = slots.get(atMs) ?? {};
      if (requests > 0) slot[version] = requests;
      slots.set(atMs, slot);
    }
  return [...slots].sort(([a], [b]) => a - b).map(([atMs, requests]) => ({ atMs, requests }));
}

/**
 * The first interval that can hold nothing from before a change: a sidecar's own interval of ten seconds is counted
 * where it ends, so the one in which the change fell and the one after it may both be mixed.
 */
export function firstSlotAfter(changedAtMs: number): number {
  return Math.ceil(changedAtMs / slotMs) * slotMs + slotMs;
}

/**
 * Requests by version in slots from `fromMs` on. While there is nothing that young, the newest slot that has
 * requests: better a mixed answer than none.
 */
export function newestRequests(slots: readonly VersionSlot[], fromMs: number): Record<string, number> {
  const young = slots.filter((slot) => slot.atMs >= fromMs && hasRequests(slot));
  const newest = slots.findLast(hasRequests);
  const chosen = young.length > 0 ? young : newest ? [newest] : [];
  const sums: Record<string, number> = {};
  for (const { requests } of chosen)
    for (const [version, count] of Object.entries(requests)) sums[version] = (sums[version] ?? 0) + count;
  return sums;
}

function hasRequests({ requests }: VersionSlot): boolean {
  return Object.keys(requests).length > 0;
}
