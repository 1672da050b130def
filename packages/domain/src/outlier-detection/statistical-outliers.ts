import { type EjectionReason, hostCell, isEjected } from "./host-health.ts";
import type {
  FailurePercentageSettings,
  OutlierDetectionSettings,
  SuccessRateSettings,
} from "./outlier-detection-settings.ts";

interface IntervalCount {
  readonly host: number;
  readonly requests: number;
  readonly successPercent: number;
}

interface Outlier {
  readonly host: number;
  readonly reason: EjectionReason;
}

/** Sums of equal rates differ in their last bits, which must not make outliers of hosts that are all alike. */
const tolerancePercent = 1e-9;

/**
 * The hosts that stand out by what they answered since they were asked last, a host at most once; the counts are
 * taken out of the cells. Hosts that are ejected already are neither judged nor part of the mean.
 */
export function statisticalOutliers(
  hosts: readonly Int32Array[],
  { successRate, failurePercentage }: OutlierDetectionSettings,
): Outlier[] {
  const counts = hosts.flatMap((host, index): IntervalCount[] => {
    const requests = Atomics.exchange(host, hostCell.requests, 0);
    const failures = Math.min(Atomics.exchange(host, hostCell.failures, 0), requests);
    if (requests === 0 || isEjected(host)) return [];
    return [{ host: index, requests, successPercent: (100 * (requests - failures)) / requests }];
  });
  const found = new Map<number, EjectionReason>();
  for (const host of successRate ? belowMean(counts, successRate) : []) found.set(host, "successRate");
  for (const host of failurePercentage ? aboveThreshold(counts, failurePercentage) : [])
    if (!found.has(host)) found.set(host, "failurePercentage");
  return Array.from(found, ([host, reason]) => ({ host, reason }));
}

/** Success below mean - factor * standard deviation of the hosts that had requests enough (Envoy: success_rate). */
function belowMean(counts: readonly IntervalCount[], settings: SuccessRateSettings): number[] {
  const judged = counts.filter(({ requests }) => requests >= settings.requestVolume);
  if (judged.length < settings.minimumHosts) return [];
  const mean = judged.reduce((sum, { successPercent }) => sum + successPercent, 0) / judged.length;
  const variance =
    judged.reduce((sum, { successPercent }) => sum + (successPercent - mean) ** 2, 0) / judged.length;
  const border = mean - settings.stdevFactor * Math.sqrt(variance) - tolerancePercent;
  return judged.filter(({ successPercent }) => successPercent < border).map(({ host }) => host);
}

/** Failures at or above a percentage, where enough hosts had requests enough (Envoy: failure_percentage). */
function aboveThreshold(counts: readonly IntervalCount[], settings: FailurePercentageSettings): number[] {
  const judged = counts.filter(({ requests }) => requests >= settings.requestVolume);
  if (judged.length < settings.minimumHosts) return [];
  return judged
    .filter(({ successPercent }) => 100 - successPercent >= settings.threshold)
    .map(({ host }) => host);
}
