import { addPairs, noPair, type Pair } from "../analysis/arm.ts";
import { samplesNeeded, smallestEffect } from "../analysis/sample-size.ts";
import { analysisSettings } from "../analysis/settings.ts";
import {
  type ComparisonSettings,
  type ShareComparison,
  startComparison,
} from "../analysis/share-comparison.ts";
import { requestsWanted } from "../decide/decide.ts";
import type { RolloutPlan } from "../plan/plan.ts";
import type { Step } from "../plan/step.ts";

/** What a service's requests are like before a rollout begins. */
export interface PresentTraffic {
  readonly requestsPerS: number;
  /** Of the baseline's requests, 0 to 1. */
  readonly failureShare: number;
}

export interface ForeseenCheck {
  readonly check: "successRate" | "latency";
  /** Canary requests until one that is as good as the baseline passes; undefined where it never would. */
  readonly needed: number | undefined;
  /** By how much more, 0 to 1, the canary would have to hit to be found by the end of the step's shortest time. */
  readonly smallestEffect: number | undefined;
}

/** What one step will have to go on, if requests keep coming as they do. */
export interface ForeseenStep {
  /** Of the canary in the step's shortest time; undefined where a match chooses them. */
  readonly requests: number | undefined;
  /** One for each comparison that counts in the step. */
  readonly checks: readonly ForeseenCheck[];
  /** Canary requests that the step wants before it passes; undefined where no number would be enough. */
  readonly wanted: number | undefined;
  /** How long the step will take; undefined where nobody can say. */
  readonly likelyMs: number | undefined;
}

/**
 * What a plan will see, step by step, of a service whose requests keep coming as they do and a canary that is as good as its baseline.
 * Averages: requests that fail in bunches, or a rate that falls, take longer.
 */
export function foreseePlan(plan: RolloutPlan, traffic: PresentTraffic): ForeseenStep[] {
  const settings = analysisSettings(plan);
  let seen = noPair;
  return plan.steps.map((step, at) => {
    const seconds = step.forMs / 1_000;
    const rates = ratesIn(step, traffic.requestsPerS);
    const compares = settings.compares[at] === true && rates !== undefined;
    const inStep = rates && { canary: rates.canary * seconds, baseline: rates.baseline * seconds };
    if (compares && inStep) seen = addPairs(seen, pairOf(inStep));
    const checks = compares
      ? checksOf(plan, settings, traffic).map(({ check, share, compared }) =>
          foresee(check, compared, { share, rates, seen }),
        )
      : [];
    const wanted = mostOf([requestsWanted(step), ...checks.map(({ needed }) => needed)]);
    return { requests: inStep?.canary, checks, wanted, likelyMs: likelyMs(step, wanted, rates?.canary) };
  });
}

interface Rates {
  readonly canary: number;
  readonly baseline: number;
}

/** Requests a second of both versions; undefined where nobody knows how many meet a match. */
function ratesIn(step: Step, requestsPerS: number): Rates | undefined {
  if ("match" in step) return undefined;
  if ("mirror" in step) return { canary: (requestsPerS * step.mirror) / 100, baseline: requestsPerS };
  const canary = (requestsPerS * step.weight) / 100;
  return { canary, baseline: requestsPerS - canary };
}

function pairOf({ canary, baseline }: Rates): Pair {
  return { canary: { requests: canary, hits: 0 }, baseline: { requests: baseline, hits: 0 } };
}

function checksOf(
  { checks }: RolloutPlan,
  settings: ReturnType<typeof analysisSettings>,
  traffic: PresentTraffic,
) {
  const found: { check: ForeseenCheck["check"]; share: number; compared: ComparisonSettings }[] = [];
  if (settings.successRate)
    found.push({ check: "successRate", share: traffic.failureShare, compared: settings.successRate });
  if (settings.latency && checks.latency)
    found.push({ check: "latency", share: 1 - checks.latency.quantile, compared: settings.latency });
  return found;
}

function foresee(
  check: ForeseenCheck["check"],
  settings: ComparisonSettings,
  { share, rates, seen }: { share: number; rates: Rates; seen: Pair },
): ForeseenCheck {
  const fresh = startComparison(settings);
  const begun = { ...fresh, all: withHits(pairOf(rates), share), inStep: pairOf(rates) };
  const after: ShareComparison = { ...fresh, all: withHits(seen, share) };
  return {
    check,
    needed: samplesNeeded(begun, settings),
    smallestEffect: smallestEffect(after, settings),
  };
}

function withHits({ canary, baseline }: Pair, share: number): Pair {
  return {
    canary: { ...canary, hits: canary.requests * share },
    baseline: { ...baseline, hits: baseline.requests * share },
  };
}

function mostOf(counts: readonly (number | undefined)[]): number | undefined {
  return counts.every((count) => count !== undefined) ? Math.max(...counts) : undefined;
}

/** Not before its shortest time, nor before it has its requests; an approval comes when it comes. */
function likelyMs(step: Step, wanted: number | undefined, perS: number | undefined): number | undefined {
  if (step.approval || wanted === undefined) return undefined;
  if (wanted === 0) return step.forMs;
  return perS === undefined || perS === 0 ? undefined : Math.max(step.forMs, (wanted / perS) * 1_000);
}
