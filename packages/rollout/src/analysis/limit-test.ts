import { type Arm, addArms, noRequests } from "./arm.ts";
import { stakesAbove } from "./differences.ts";
import { logPayoutAbove } from "./payout.ts";
import { growWealth, keptBack, mostPaid, startWealth, totalWealth, type Wealth } from "./wealth.ts";

/** Whether a share of requests is above a limit, however often one looks. Plain data. */
export interface LimitTest {
  readonly seen: Arm;
  readonly wealth: Wealth;
}

export interface LimitSettings {
  /** Probability of ever finding a share above its limit that is not, 0 to 1. */
  readonly level: number;
  /** See `Round`. */
  readonly horizonMs: number;
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
  { level, horizonMs }: LimitSettings,
): LimitTest {
  if (arm.requests === 0) return test;
  const payout = (index: number) => logPayoutAbove(arm, limit, stakesAbove[index]!);
  return {
    seen: addArms(test.seen, arm),
    wealth: growWealth(test.wealth, payout, { ms, horizonMs, mostPaid: mostPaid(level) }),
  };
}

export function isAbove(test: LimitTest, { level }: LimitSettings): boolean {
  return totalWealth(test.wealth) >= 1 / level;
}
