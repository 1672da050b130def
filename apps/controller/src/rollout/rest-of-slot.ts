import type { SparseHistogram } from "@weir/domain";
import type { Signals } from "@weir/rollout";
import type { OpenSlot, VersionTick } from "@weir/store";

/** Ticks without what was taken in of one of them before. What is told only ever grows. */
export function restOf(ticks: readonly VersionTick[], open: OpenSlot | undefined): readonly VersionTick[] {
  if (open === undefined) return ticks;
  return ticks.map((tick) =>
    tick.fromMs === open.fromMs
      ? {
          ...tick,
          fromMs: open.toMs,
          versions: tick.versions.map((all, at) => without(all, open.versions[at])),
        }
      : tick,
  );
}

function without(all: Signals, taken: Signals | undefined): Signals {
  if (taken === undefined) return all;
  return {
    requests: Math.max(0, all.requests - taken.requests),
    failures: Math.max(0, all.failures - taken.failures),
    durations: rest(all.durations, taken.durations),
  };
}

function rest(all: SparseHistogram, taken: SparseHistogram): SparseHistogram {
  const before = new Map(taken.indexes.map((index, at) => [index, taken.counts[at] ?? 0]));
  const left = all.indexes
    .map((index, at) => ({ index, count: (all.counts[at] ?? 0) - (before.get(index) ?? 0) }))
    .filter(({ count }) => count > 0);
  return { indexes: left.map(({ index }) => index), counts: left.map(({ count }) => count) };
}
