import { addPairs, noPair, type Pair, subtractPairs } from "./arm.ts";
import { type Bunching, bunchSize, noBunching, observeBunching } from "./bunching.ts";
import { stakesAbove, stakesBelow } from "./differences.ts";
import { logPayoutOfPair } from "./payout.ts";
import { growWealth, keptBack, mostPaid, startWealth, type Wealth } from "./wealth.ts";

/** How two versions are compared by the share of their requests that hit. */
export interface ComparisonSettings {
  /** Probability of ever calling a canary worse that is not, 0 to 1. */
  readonly level: number;
  /** Probability of letting a canary pass a step that is worse by the margin or more, 0 to 1. */
  readonly passLevel: number;
  /** How much higher the canary's share may be, 0 to 1 exclusive. */
  readonly margin: number;
  /** See `Round`. */
  readonly horizonMs: number;
  /** At which differences the interval may end; zero and the margin are among them, ascending. */
  readonly differences: readonly number[];
}

/** Plain data, so that it can be kept and taken up again. */
export interface ShareComparison {
  /** Since the rollout began. */
  readonly all: Pair;
  /** Since the present step began. */
  readonly inStep: Pair;
  /** Counted, and not bet on yet because one of the versions had no request. */
  readonly waiting: Pair & { readonly ms: number };
  readonly bunching: Bunching;
  /** Against "the canary's share is at most d above the baseline's", for each difference d, since the rollout began. */
  readonly above: readonly Wealth[];
  /** Against "at least d above", since the present step began: what was well at a lower weight proves nothing here. */
  readonly below: readonly Wealth[];
}

const nothingWaits = { ...noPair, ms: 0 };

export function startComparison({ differences }: ComparisonSettings): ShareComparison {
  return {
    all: noPair,
    inStep: noPair,
    waiting: nothingWaits,
    bunching: noBunching,
    above: differences.map(() => startWealth(stakesAbove.length, keptBack)),
    below: freshBelow(differences.length),
  };
}

/** What the rollout lost or won against harm stays; what lets a step pass begins anew. */
export function startComparisonStep(comparison: ShareComparison): ShareComparison {
  return { ...comparison, inStep: noPair, waiting: nothingWaits, below: freshBelow(comparison.below.length) };
}

/** Takes in what both versions did in the next `ms`; bets are made as soon as both had requests. */
export function observePair(
  comparison: ShareComparison,
  pair: Pair,
  ms: number,
  settings: ComparisonSettings,
): ShareComparison {
  const counted = { ...addPairs(comparison.waiting, pair), ms: comparison.waiting.ms + ms };
  const seen = { all: addPairs(comparison.all, pair), inStep: addPairs(comparison.inStep, pair) };
  if (counted.canary.requests === 0 || counted.baseline.requests === 0)
    return { ...comparison, ...seen, waiting: counted };
  const settled = subtractPairs(comparison.all, comparison.waiting); // a guess that knew the answer would not be fair
  const before = commonShare(settled);
  const part = canaryPart(settled);
  const size = bunchSize(comparison.bunching);
  const round = { ms: counted.ms, horizonMs: settings.horizonMs };
  return {
    ...seen,
    waiting: nothingWaits,
    bunching: observeBunching(comparison.bunching, counted),
    above: comparison.above.map((wealth, at) => {
      const difference = settings.differences[at]!;
      const guess = before - difference * part;
      const payout = (index: number) =>
        logPayoutOfPair(counted, difference, guess, stakesAbove[index]!) / size;
      return growWealth(wealth, payout, { ...round, mostPaid: mostPaid(settings.level) });
    }),
    below: comparison.below.map((wealth, at) => {
      const difference = settings.differences[at]!;
      const guess = before + difference * (1 - part);
      const turned = { canary: counted.baseline, baseline: counted.canary };
      const payout = (index: number) =>
        logPayoutOfPair(turned, -difference, guess, stakesBelow[index]!) / size;
      return growWealth(wealth, payout, { ...round, mostPaid: mostPaid(settings.passLevel) });
    }),
  };
}

/**
 * The share of both versions together, what bets are made by. Ten requests with one hit in a hundred are added, so that there is a
 * guess from the start.
 */
export function commonShare({ canary, baseline }: Pair): number {
  return (canary.hits + baseline.hits + 0.1) / (canary.requests + baseline.requests + 10);
}

function canaryPart({ canary, baseline }: Pair): number {
  return canary.requests / Math.max(1, canary.requests + baseline.requests);
}

function freshBelow(count: number): Wealth[] {
  return Array.from({ length: count }, () => startWealth(stakesBelow.length, 0));
}
