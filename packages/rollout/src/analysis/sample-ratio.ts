import { type Arm, addArms, noRequests } from "./arm.ts";
import { freshLimitTest, isAbove, type LimitSettings, type LimitTest, observeArm } from "./limit-test.ts";
import { totalWealth } from "./wealth.ts";

/**
 * Whether the canary gets the share of requests that it is assigned (Lindon and Malek, Anytime-valid inference for
 * multinomial count data, 2022). A split that differs means that versions are not compared on alike requests, or that
 * somebody takes another way. Some difference is allowed: users that stay in one version bring requests in bunches.
 */
export interface SampleRatio {
  readonly tooMany: LimitTest;
  readonly tooFew: LimitTest;
  /** Requests so far, the canary's as hits; and those that the canary should have had. */
  readonly seen: Arm;
  readonly assigned: number;
}

export interface SampleRatioSettings extends LimitSettings {
  /** Part of the assigned share by which the observed one may differ, 0 to 1. */
  readonly tolerance: number;
}

export interface SampleRatioVerdict {
  readonly mismatch: boolean;
  /** Shares of requests, 0 to 1; undefined without requests. */
  readonly assigned: number | undefined;
  readonly observed: number | undefined;
  readonly tolerance: number;
  /** The larger of the e-values against "not too many" and "not too few", and what it must reach. */
  readonly evidence: number;
  readonly wanted: number;
}

export const freshSampleRatio: SampleRatio = {
  tooMany: freshLimitTest,
  tooFew: freshLimitTest,
  seen: noRequests,
  assigned: 0,
};

/** Takes in the requests of the next `ms`, `assigned` of which (0 to 1, exclusive) were the canary's to get. */
export function observeSplit(
  ratio: SampleRatio,
  split: { readonly canary: number; readonly baseline: number },
  assigned: number,
  ms: number,
  settings: SampleRatioSettings,
): SampleRatio {
  const requests = split.canary + split.baseline;
  const most = Math.min(assigned * (1 + settings.tolerance), 1 - (1 - assigned) / 2);
  const least = assigned * (1 - settings.tolerance);
  const side = halved(settings);
  return {
    tooMany: observeArm(ratio.tooMany, { requests, hits: split.canary }, most, ms, side),
    tooFew: observeArm(ratio.tooFew, { requests, hits: split.baseline }, 1 - least, ms, side),
    seen: addArms(ratio.seen, { requests, hits: split.canary }),
    assigned: ratio.assigned + requests * assigned,
  };
}

export function judgeSplit(ratio: SampleRatio, settings: SampleRatioSettings): SampleRatioVerdict {
  const { seen, assigned } = ratio;
  const side = halved(settings);
  const none = seen.requests === 0;
  return {
    mismatch: isAbove(ratio.tooMany, side) || isAbove(ratio.tooFew, side),
    assigned: none ? undefined : assigned / seen.requests,
    observed: none ? undefined : seen.hits / seen.requests,
    tolerance: settings.tolerance,
    evidence: Math.max(totalWealth(ratio.tooMany.wealth), totalWealth(ratio.tooFew.wealth)),
    wanted: 1 / side.level,
  };
}

/** Each of the two sides may err half as often. */
function halved<T extends LimitSettings>(settings: T): T {
  return { ...settings, level: settings.level / 2 };
}
