import type { Window } from "@weir/domain";
import type { VersionSplit } from "@weir/store";

export interface VersionSlot {
  readonly atMs: number;
  readonly requests: Record<string, number>;
}

/** The series of all versions as one row an interval; a version without requests is absent from it. */
export function slotsOf({ versions }: VersionSplit): VersionSlot[] {
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
 * Requests by version in intervals that began after the last change, that is, in which nothing of the time before
 * it can be; all of the window where there was no change in it.
 */
export function requestsSince(
  slots: readonly VersionSlot[],
  changedAtMs: number | undefined,
  window: Window,
) {
  const fromMs = Math.max(window.fromMs, changedAtMs ?? window.fromMs);
  const requests: Record<string, number> = {};
  for (const slot of slots) {
    if (slot.atMs < fromMs) continue;
    for (const [version, count] of Object.entries(slot.requests))
      requests[version] = (requests[version] ?? 0) + count;
  }
  return { fromMs, requests };
}
