import type { Arm, Pair } from "./arm.ts";
import { bunchSize } from "./bunching.ts";
import { stakesAbove, stakesBelow } from "./differences.ts";
import { logPayoutOfPair } from "./payout.ts";
import { type ComparisonSettings, commonShare, type ShareComparison } from "./share-comparison.ts";
import { totalWealth } from "./wealth.ts";

/**
 * How many canary requests more, about, until a canary that is as good as the baseline passes the margin: the best
 * bet's present loss and what is left to the level, over what it wins a request. 0 where it has passed; undefined
 * before the first requests, and where a canary so good would never pass.
 */
export function samplesNeeded(comparison: ShareComparison, settings: ComparisonSettings): number | undefined {
  const each = perCanaryRequest(comparison.inStep) ?? perCanaryRequest(comparison.all);
  if (each === undefined) return undefined;
  const { margin, passLevel, differences } = settings;
  const share = commonShare(comparison.all);
  const turned = { canary: arm(each.baseline, share), baseline: arm(each.canary, share) };
  const wealth = comparison.below[differences.indexOf(margin)]!;
  if (totalWealth(wealth) >= 1 / passLevel) return 0;
  let fewest = Number.POSITIVE_INFINITY;
  stakesBelow.forEach((stake, index) => {
    const won = logPayoutOfPair(turned, -margin, share + margin, stake) / bunchSize(comparison.bunching);
    const left = Math.log(1 / passLevel) - Math.log(Math.max(wealth.bets[index]!, 1e-300));
    if (won > 0) fewest = Math.min(fewest, Math.max(0, left) / won);
  });
  return Number.isFinite(fewest) ? Math.ceil(fewest) : undefined;
}

/**
 * By how much more, 0 to 1, the canary's requests would have had to hit for the requests of the rollout so far to show
 * it, on average. Undefined while nothing could be shown.
 */
export function smallestEffect(
  comparison: ShareComparison,
  settings: ComparisonSettings,
): number | undefined {
  const each = perCanaryRequest(comparison.all);
  if (each === undefined) return undefined;
  const share = commonShare(comparison.all);
  const shows = (effect: number) =>
    logWealth(comparison, each, share, effect) >= Math.log(1 / settings.level);
  let [low, high] = [0, 1 - share];
  if (!shows(high)) return undefined;
  for (let halving = 0; halving < 20; halving++) {
    const middle = (low + high) / 2;
    if (shows(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * What one bet on harm of the stake that suits it best would have come to, of its part of what is put in at the start,
 * were the canary's share `effect` above the baseline's.
 */
function logWealth(
  { all, bunching }: ShareComparison,
  each: Requests,
  share: number,
  effect: number,
): number {
  const pair = { canary: arm(each.canary, share + effect), baseline: arm(each.baseline, share) };
  const guess = (pair.canary.hits + pair.baseline.hits) / (each.canary + each.baseline);
  const won = logPayoutOfPair(pair, 0, guess, effect / (guess * (1 - guess)));
  return (won * all.canary.requests) / bunchSize(bunching) - Math.log(2 * stakesAbove.length);
}

interface Requests {
  readonly canary: 1;
  readonly baseline: number;
}

/** Baseline requests for each of the canary's. */
function perCanaryRequest({ canary, baseline }: Pair): Requests | undefined {
  if (canary.requests === 0 || baseline.requests === 0) return undefined;
  return { canary: 1, baseline: baseline.requests / canary.requests };
}

/** As many hits as there are on average. */
function arm(requests: number, share: number): Arm {
  return { requests, hits: requests * share };
}
