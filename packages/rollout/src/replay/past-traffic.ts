import { emptyHistogram, histogramCount, mergeHistograms, type SparseHistogram } from "@weir/domain";
import type { Signals } from "../analysis/analysis.ts";

/** What a service's requests were like in a window of the past. */
export interface PastTraffic {
  /** Length of each slot. */
  readonly slotMs: number;
  /** In order, without a gap: one in which nothing was asked has no requests. All requests, as the baseline answered them. */
  readonly slots: readonly Signals[];
  /** The baseline's durations from before the window, which a rollout knows as it begins. */
  readonly before: SparseHistogram;
}

/** What one version did in a slot of time, as it is stored. */
export interface VersionSlot extends Signals {
  readonly fromMs: number;
  readonly version: string;
}

/**
 * The requests of all versions, as if the baseline had answered each of them: its own counts, times as many as all versions
 * had. Slots of before `fromMs` are what a rollout would have known.
 */
export function pastTraffic(
  stored: readonly VersionSlot[],
  { baseline, fromMs, toMs, slotMs }: { baseline: string; fromMs: number; toMs: number; slotMs: number },
): PastTraffic {
  const slots = Array.from({ length: Math.floor((toMs - fromMs) / slotMs) }, () => ({
    own: undefined as Signals | undefined,
    all: 0,
  }));
  const before: SparseHistogram[] = [];
  for (const slot of stored) {
    const isBaseline = slot.version === baseline;
    if (slot.fromMs < fromMs && isBaseline) before.push(slot.durations);
    const at = slots[(slot.fromMs - fromMs) / slotMs];
    if (at === undefined) continue;
    at.all += histogramCount(slot.durations);
    if (isBaseline) at.own = slot;
  }
  const scale = new Scale();
  return {
    slotMs,
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
