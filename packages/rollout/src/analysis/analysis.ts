import { emptyHistogram, type SparseHistogram } from "@weir/domain";
import type { Arm } from "./arm.ts";
import { type Heard, hear, unheard } from "./heard.ts";
import { freshLimitTest, type LimitTest, observeArm } from "./limit-test.ts";
import { freshSampleRatio, observeSplit, type SampleRatio } from "./sample-ratio.ts";
import type { AnalysisSettings, GuardSettings } from "./settings.ts";
import {
  observePair,
  type ShareComparison,
  startComparison,
  startComparisonStep,
} from "./share-comparison.ts";
import { countAbove, observeBaseline, type SlowThreshold, startThreshold } from "./slow-threshold.ts";

/** What one version did in a stretch of time. */
export interface Signals {
  readonly requests: number;
  readonly failures: number;
  /** Of all the requests, in seconds. */
  readonly durations: SparseHistogram;
}

/** A stretch of time of both versions, made once its telemetry has come: time of which nothing was heard is no tick. */
export interface Tick {
  readonly fromMs: number;
  readonly toMs: number;
  readonly canary: Signals;
  readonly baseline: Signals;
  /** Share of the requests (0 to 1) that was the canary's for all of this time; undefined while it changed, or was no share. */
  readonly assigned: number | undefined;
}

/**
 * All that is known of a rollout's traffic. Plain data: kept with the rollout's state it goes on after a restart, and a tick
 * that was taken in before is not counted again.
 */
export interface Analysis {
  readonly step: number;
  readonly round: number;
  /** End of the last tick taken in, in milliseconds since 1970; undefined before the first. */
  readonly toMs: number | undefined;
  readonly heard: Heard;
  /** Of the canary, in the present step. */
  readonly requestsInStep: number;
  readonly successRate: ShareComparison | undefined;
  readonly latency: (ShareComparison & { readonly threshold: SlowThreshold }) | undefined;
  readonly sampleRatio: SampleRatio;
  /** One for each guard of the plan. */
  readonly guards: readonly LimitTest[];
}

/** `before`: durations of the baseline from before the rollout, where there are any. */
export function startAnalysis(settings: AnalysisSettings, before = emptyHistogram): Analysis {
  const { successRate, latency, guards } = settings;
  return {
    ...{ step: 0, round: 0, toMs: undefined, heard: unheard, requestsInStep: 0 },
    successRate: successRate && startComparison(successRate),
    latency: latency && { ...startComparison(latency), threshold: startThreshold(latency.quantile, before) },
    sampleRatio: freshSampleRatio,
    guards: guards.map(() => freshLimitTest),
  };
}

/**
 * The analysis of the step and the round that the rollout is in: what lets a step pass begins anew with each step, the split of
 * requests with each time that somebody let the rollout go on.
 */
export function followRollout(analysis: Analysis, at: { step: number; round: number }): Analysis {
  const { step, round } = at;
  const split = round === analysis.round ? analysis.sampleRatio : freshSampleRatio;
  if (step === analysis.step) return { ...analysis, round, sampleRatio: split };
  const { successRate, latency } = analysis;
  return {
    ...analysis,
    ...{ step, round, requestsInStep: 0, sampleRatio: split },
    successRate: successRate && startComparisonStep(successRate),
    latency: latency && { ...startComparisonStep(latency), threshold: latency.threshold },
  };
}

/** Takes in the next tick; one that is not after the last is passed over. */
export function observeTick(analysis: Analysis, tick: Tick, settings: AnalysisSettings): Analysis {
  const { canary, baseline, fromMs, toMs, assigned } = tick;
  if (analysis.toMs !== undefined && fromMs < analysis.toMs) return analysis;
  const ms = Math.max(0, toMs - fromMs);
  const compares = settings.compares[analysis.step] ?? false;
  const { sampleRatio } = settings;
  const split = { canary: canary.requests, baseline: baseline.requests };
  const isShare = assigned !== undefined && assigned > 0 && assigned < 1;
  return {
    ...analysis,
    toMs,
    heard: hear(analysis.heard, tick, settings.shares[analysis.step] ?? 0),
    requestsInStep: analysis.requestsInStep + canary.requests,
    successRate: compares ? observeFailures(analysis, tick, ms, settings) : analysis.successRate,
    latency: observeSlow(analysis, tick, ms, settings, compares),
    sampleRatio:
      sampleRatio && isShare
        ? observeSplit(analysis.sampleRatio, split, assigned, ms, sampleRatio)
        : analysis.sampleRatio,
    guards: settings.guards.map((guard, at) =>
      observeArm(analysis.guards[at]!, guardedArm(canary, guard), guard.limit, ms, guard),
    ),
  };
}

function observeFailures(
  { successRate }: Analysis,
  { canary, baseline }: Tick,
  ms: number,
  settings: AnalysisSettings,
): ShareComparison | undefined {
  if (successRate === undefined || settings.successRate === undefined) return undefined;
  const pair = { canary: failuresOf(canary), baseline: failuresOf(baseline) };
  return observePair(successRate, pair, ms, settings.successRate);
}

/** The baseline sets the threshold in every step, and for the ticks after this one only. */
function observeSlow(
  { latency }: Analysis,
  { canary, baseline }: Tick,
  ms: number,
  settings: AnalysisSettings,
  compares: boolean,
): Analysis["latency"] {
  if (latency === undefined || settings.latency === undefined) return undefined;
  const threshold = observeBaseline(latency.threshold, baseline.durations);
  const { bucket } = latency.threshold;
  if (!compares || bucket === undefined) return { ...latency, threshold };
  const pair = { canary: slowOf(canary, bucket), baseline: slowOf(baseline, bucket) };
  return { ...observePair(latency, pair, ms, settings.latency), threshold };
}

function failuresOf({ requests, failures }: Signals): Arm {
  return { requests, hits: failures };
}

function slowOf({ requests, durations }: Signals, bucket: number): Arm {
  return { requests, hits: countAbove(durations, bucket) };
}

function guardedArm(canary: Signals, { bucket }: GuardSettings): Arm {
  return bucket === undefined ? failuresOf(canary) : slowOf(canary, bucket);
}
