import { bucketIndex } from "@weir/domain";
import type { Guard } from "../plan/checks.ts";
import type { RolloutPlan } from "../plan/plan.ts";
import { comparesIn, shareIn } from "../plan/step.ts";
import { differencesFor } from "./differences.ts";
import type { LimitSettings } from "./limit-test.ts";
import type { SampleRatioSettings } from "./sample-ratio.ts";
import type { ComparisonSettings } from "./share-comparison.ts";

/** One look pays what decides at most, so that it takes two at least: where half is kept back, one alone never does. */
export interface GuardSettings extends LimitSettings {
  readonly guard: Guard;
  /** Share of requests that may hit, 0 to 1. */
  readonly limit: number;
  /** Requests in buckets above this one hit; undefined: failed ones do. */
  readonly bucket: number | undefined;
}

/** What a plan asks of the analysis, worked out once. */
export interface AnalysisSettings {
  readonly successRate: ComparisonSettings | undefined;
  readonly latency: (ComparisonSettings & { readonly quantile: number }) | undefined;
  readonly sampleRatio: SampleRatioSettings | undefined;
  readonly guards: readonly GuardSettings[];
  /** For each step. */
  readonly compares: readonly boolean[];
  /** Of the requests that are the canary's to get in each step, 0 to 1; 0 where a match chooses them. */
  readonly shares: readonly number[];
}

/**
 * The plan's level is shared out evenly over its tests (Bonferroni), so that all of them together err no more often.
 * `differences`: at which an interval may end, for a margin; fewer of them are quicker.
 */
export function analysisSettings(
  { checks, steps }: RolloutPlan,
  differences: (margin: number) => readonly number[] = differencesFor,
): AnalysisSettings {
  const { successRate, latency, sampleRatio, guards, passLevel } = checks;
  const tests = [successRate, latency, sampleRatio].filter(Boolean).length + guards.length;
  const shared = { level: checks.level / tests, horizonMs: horizonOf(steps) };
  const comparison = (margin: number) => ({ ...shared, passLevel, margin, differences: differences(margin) });
  return {
    successRate: successRate && comparison(successRate.margin),
    latency: latency && { ...comparison(latency.margin), quantile: latency.quantile },
    sampleRatio: sampleRatio && { ...shared, ...sampleRatio },
    guards: guards.map((guard) => ({ ...shared, mostPaid: 1 / shared.level, guard, ...limitOf(guard) })),
    compares: steps.map(comparesIn),
    shares: steps.map(shareIn),
  };
}

/** The time that the steps take at least. */
function horizonOf(steps: RolloutPlan["steps"]): number {
  return Math.max(
    600_000,
    steps.reduce((sum, { forMs }) => sum + forMs, 0),
  );
}

function limitOf(guard: Guard): { limit: number; bucket: number | undefined } {
  if (guard.kind === "errorBudget")
    return { limit: Math.min(0.99, guard.burnRate * (1 - guard.objective)), bucket: undefined };
  return { limit: 1 - guard.quantile, bucket: bucketIndex(guard.limitMs / 1_000) };
}
