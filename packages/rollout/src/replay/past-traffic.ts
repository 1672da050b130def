import { emptyHistogram, histogramCount, mergeHistograms, type SparseHistogram } from "@weir/domain";
import type { Signals } from "../analysis/analysis.ts";

/** What a service's requests were like in a window of the past. */
export interface PastTraffic {
  /** Length of each slot. */
  readonly slotMs: number;
  /** Start of the first one. */
  readonly fromMs: number;
  /** In order, without a gap: one in which nothing was asked has no requests. All requests, as the baseline answered them. */
  readonly slots: readonly Signals[];
  /** The baseline's durations from before the window, which a rollout knows as it begins. */
  readonly before: SparseHistogram;
}

/** Slots as they are stored: of a stretch of time, by version, in multiples of their length. */
export interface StoredSlots {
  readonly slotMs: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly slots: readonly (Signals & { readonly fromMs: number; readonly version: string })[];
}

/** So much from before a window is to be read with it: what a rollout that begins knows of its baseline's durations. */
export const knownBeforeMs = 600_000;

/**
 * The requests of all versions from `fromMs` on, as if the baseline had answered each of them: its own counts, times as many as
 * all versions had.
 */
export function pastTraffic(stored: StoredSlots, baseline: string, windowFromMs: number): PastTraffic {
  const { slotMs, toMs } = stored;
  const fromMs = Math.max(stored.fromMs, Math.floor(windowFromMs / slotMs) * slotMs);
  const slots = Array.from({ length: Math.max(0, Math.floor((toMs - fromMs) / slotMs)) }, () => ({
    own: undefined as Signals | undefined,
    all: 0,
  }));
  const before: SparseHistogram[] = [];
  for (const slot of stored.slots) {
    const isBaseline = slot.version === baseline;
    if (slot.fromMs < fromMs && isBaseline) before.push(slot.durations);
    const at = slots[(slot.fromMs - fromMs) / slotMs];
    if (at === undefined) continue;
    at.all += histogramCount(slot.durations);
    if (isBaseline) at.own = slot;
  }
  const scale = new Scale();
  return {
    ...{ slotMs, fromMs },
    slots: slots.map(({ own, all }) => (own === undefined ? noSignals : scale.up(own, all))),
    before: mergeHistograms(before),
  };
}

const noSignals: Signals = { requests: 0, failures: 0, durations: emptyHistogram };

/** Multiplies counts by what is no whole number; what rounding leaves over is carried on, so that sums come out right. */
class Scale {
  #over = 0;
  #failuresOver = 0;

  up({ failures, durations }: Signals, requests: number): Signals {
    const own = histogramCount(durations);
    if (own === 0) return noSignals;
    const times = requests / own;
    const counts = durations.counts.map((count) => {
      const exact = count * times + this.#over;
      const whole = Math.max(0, Math.round(exact));
      this.#over = exact - whole;
      return whole;
    });
    const kept = durations.indexes.flatMap((index, at) =>
      counts[at]! > 0 ? [{ index, count: counts[at]! }] : [],
    );
    const exactFailures = failures * times + this.#failuresOver;
    const all = kept.reduce((sum, { count }) => sum + count, 0);
    const failed = Math.min(all, Math.max(0, Math.round(exactFailures)));
    this.#failuresOver = exactFailures - failed;
    return {
      requests: all,
      failures: failed,
      durations: { indexes: kept.map(({ index }) => index), counts: kept.map(({ count }) => count) },
    };
  }
}
