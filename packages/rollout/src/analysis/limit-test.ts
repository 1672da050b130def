import { type Arm, addArms, noRequests } from "./arm.ts";
import { stakesAbove } from "./differences.ts";
import { logPayoutAbove } from "./payout.ts";
import { growWealth, keptBack, mostPaid, startWealth, totalWealth, type Wealth } from "./wealth.ts";

/** Whether a share of requests is above a limit, however often one looks. Plain data. */
export interface LimitTest {
  readonly seen: Arm;
  readonly wealth: Wealth;
  /** See `Stretch`; undefined where the newest requests keep within the limit. */
  readonly above?: Stretch | undefined;
}

/** The newest requests that together are above the limit, and the time in which they came. */
export interface Stretch extends Arm {
  readonly ms: number;
}

export interface LimitSettings {
  /** Probability of ever finding a share above its limit that is not, 0 to 1. */
  readonly level: number;
  /** See `Round`. */
  readonly horizonMs: number;
  /** See `Round`; left out: what makes it three looks at least. Any bound is fair: it only ever takes from what a bet pays. */
  readonly mostPaid?: number;
}

export const freshLimitTest: LimitTest = {
  seen: noRequests,
  wealth: startWealth(stakesAbove.length, keptBack),
};

/** Takes in the requests of the next `ms`; their limit may differ from that of the ones before. */
export function observeArm(
  test: LimitTest,
  arm: Arm,
  limit: number,
  ms: number,
  { level, horizonMs, mostPaid: most = mostPaid(level) }: LimitSettings,
): LimitTest {
  if (arm.requests === 0) return test;
  const payout = (index: number) => logPayoutAbove(arm, limit, stakesAbove[index]!);
  return {
    seen: addArms(test.seen, arm),
    wealth: growWealth(test.wealth, payout, { ms, horizonMs, mostPaid: most }),
    above: stretchAbove(test.above, arm, limit, ms),
  };
}

/**
 * Begins with the first requests above the limit, and ends where the whole of it no longer is: a cumulative sum (Page, Continuous
 * inspection schemes, 1954). A test of one limit that has found it passed always has one: by 1 + x <= e^x no bet made before or
 * in it gains by more than e to its stake times the hits beyond the limit.
 */
function stretchAbove(before: Stretch | undefined, arm: Arm, limit: number, ms: number): Stretch | undefined {
  const both = { ...addArms(before ?? noRequests, arm), ms: (before?.ms ?? 0) + ms };
  return both.hits > limit * both.requests ? both : undefined;
}

export function isAbove(test: LimitTest, { level }: LimitSettings): boolean {
  return totalWealth(test.wealth) >= 1 / level;
}
