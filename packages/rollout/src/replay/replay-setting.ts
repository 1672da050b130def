import { mergeHistograms, type SparseHistogram } from "@weir/domain";
import { startAnalysis } from "../analysis/analysis.ts";
import { type AnalysisSettings, analysisSettings } from "../analysis/settings.ts";
import { startThreshold } from "../analysis/slow-threshold.ts";
import type { RolloutPlan } from "../plan/plan.ts";
import { addedFailures, type Degradation, slowedBucket } from "./degradation.ts";
import type { PastTraffic } from "./past-traffic.ts";
import type { ReplaySetting } from "./replay-run.ts";

/** What is asked: this plan, over these requests, with a canary so bad. */
export interface ReplayQuestion {
  readonly plan: RolloutPlan;
  readonly traffic: PastTraffic;
  readonly degradation: Degradation;
  /** Share of all requests that a step of chosen requests chooses, 0 to 1: slots do not say. 0.01 when absent. */
  readonly matchedShare?: number | undefined;
}

/** All runs together go through so many slots at most, which take about a second. */
const mostSlots = 40_000;
const fewestRuns = 20;

/** Undefined: nothing was asked of the service in the window. */
export function replaySetting(question: ReplayQuestion): ReplaySetting | undefined {
  const { plan, traffic, degradation, matchedShare = 0.01 } = question;
  const { slotMs, slots, before } = traffic;
  const requests = slots.reduce((sum, slot) => sum + slot.requests, 0);
  if (requests === 0) return undefined;
  const failures = slots.reduce((sum, slot) => sum + slot.failures, 0);
  // Intervals are not looked at, so that two differences are enough: none, and the margin.
  const settings = analysisSettings(plan, (margin) => [0, margin]);
  const all = mergeHistograms(slots.map(({ durations }) => durations));
  const quantile = plan.checks.latency?.quantile ?? 0.99;
  const bodyEnd = bodyEndOf(all, quantile, settings);
  return {
    ...{ plan, settings, slotMs, matchedShare },
    fresh: startAnalysis(settings, before),
    slots: slots.map((slot) => {
      const durations = withoutBody(slot.durations, (bucket) => slowedBucket(degradation, bucket) <= bodyEnd);
      return {
        ...slot,
        durations,
        slowed: durations.indexes.map((bucket) => slowedBucket(degradation, bucket)),
      };
    }),
    length: lengthOf(plan, traffic),
    harm: {
      fromStep: degradation.fromStep ?? 0,
      addedFailures: addedFailures(degradation, failures / requests),
      slowBucket: startThreshold(quantile, all).bucket ?? all.indexes.at(-1) ?? 0,
    },
  };
}

/** As many as are asked for, or fewer where each takes long. */
export function runsWithin({ length }: ReplaySetting, wanted: number): number {
  return Math.max(Math.min(fewestRuns, wanted), Math.min(wanted, Math.floor(mostSlots / length)));
}

/**
 * The window, or twice the time that the steps take at least if that is longer (gone through again from its start), in
 * slots; never longer than the plan may last, nor than the fewest runs have time for.
 */
function lengthOf({ steps, maxDurationMs }: RolloutPlan, { slotMs, slots }: PastTraffic): number {
  const least = steps.reduce((sum, { forMs }) => sum + forMs, 0) / slotMs;
  const wanted = Math.max(slots.length, Math.ceil(2 * least));
  return Math.max(1, Math.min(wanted, Math.ceil(maxDurationMs / slotMs) + 1, mostSlots / fewestRuns));
}

/**
 * The bucket up to which nobody tells durations apart: no threshold is set there (a tenth of the requests and more beyond the
 * quantile's share are above it), and no guard's limit lies there.
 */
function bodyEndOf(all: SparseHistogram, quantile: number, { guards }: AnalysisSettings): number {
  const share = 1 - 10 * (1 - quantile);
  const end = share <= 0 ? undefined : startThreshold(share, all).bucket;
  return Math.min(
    (end ?? Number.NEGATIVE_INFINITY) - 1,
    ...guards.map(({ bucket = Number.POSITIVE_INFINITY }) => bucket - 1),
  );
}

/** The buckets at the lower end for which that holds added together, in the highest of them: less to draw. */
function withoutBody(
  { indexes, counts }: SparseHistogram,
  isBody: (bucket: number) => boolean,
): SparseHistogram {
  const kept = indexes.findIndex((bucket) => !isBody(bucket));
  const end = kept < 0 ? indexes.length : kept;
  if (end < 2) return { indexes, counts };
  const body = counts.slice(0, end).reduce((sum, count) => sum + count, 0);
  return { indexes: indexes.slice(end - 1), counts: [body, ...counts.slice(end)] };
}
