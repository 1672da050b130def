import { compareVersions } from "@weir/domain/browser";

/** Requests of one slot of time by version. */
export interface VersionSlot {
  readonly atMs: number;
  readonly requests: Readonly<Record<string, number>>;
}

export interface ShareLayer {
  readonly version: string;
  /** Borders of the layer as shares, 0 to 1; null where the slot had no requests, so that the chart shows a gap. */
  readonly points: readonly ({ readonly atMs: number; readonly from: number; readonly to: number } | null)[];
}

/** Stacked shares over time, versions in natural order from the bottom; each slot with requests adds up to 1. */
export function shareLayers(slots: readonly VersionSlot[]): ShareLayer[] {
  const versions = [...new Set(slots.flatMap((slot) => Object.keys(slot.requests)))].sort(compareVersions);
  const stacks = slots.map((slot) => {
    const total = versions.reduce((sum, version) => sum + (slot.requests[version] ?? 0), 0);
    let end = 0;
    return versions.map((version) => {
      if (total === 0) return null;
      const from = end;
      end += (slot.requests[version] ?? 0) / total;
      return { atMs: slot.atMs, from, to: end };
    });
  });
  return versions.map((version, index) => ({
    version,
    points: stacks.map((stack) => stack[index] ?? null),
  }));
}
