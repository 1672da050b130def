import type { OutlierDetectionSpec } from "./outlier-detection-spec.ts";

export interface OutlierDetectionSettings {
  readonly intervalMs: number;
  /** 0: off. */
  readonly consecutive5xx: number;
  /** 0: off. */
  readonly consecutiveGatewayFailure: number;
  readonly successRate: SuccessRateSettings | undefined;
  readonly failurePercentage: FailurePercentageSettings | undefined;
  readonly baseEjectionMs: number;
  readonly maxEjectionMs: number;
  readonly maxEjectionPercent: number;
  /** 0: off. */
  readonly panicThresholdPercent: number;
}

export interface SuccessRateSettings {
  readonly minimumHosts: number;
  /** Per host and interval. */
  readonly requestVolume: number;
  readonly stdevFactor: number;
}

export interface FailurePercentageSettings {
  readonly threshold: number;
  readonly minimumHosts: number;
  /** Per host and interval. */
  readonly requestVolume: number;
}

/** Outlier detection as somebody wrote it, with Envoy's defaults in place. */
export function outlierDetectionSettings(spec: OutlierDetectionSpec): OutlierDetectionSettings {
  const { successRate, failurePercentage } = spec;
  const baseEjectionMs = spec.baseEjectionMs ?? 30_000;
  return {
    intervalMs: spec.intervalMs ?? 10_000,
    consecutive5xx: spec.consecutive5xx ?? 5,
    consecutiveGatewayFailure: spec.consecutiveGatewayFailure ?? 0,
    successRate: successRate && {
      minimumHosts: successRate.minimumHosts ?? 5,
      requestVolume: successRate.requestVolume ?? 100,
      stdevFactor: successRate.stdevFactor ?? 1.9,
    },
    failurePercentage: failurePercentage && {
      threshold: failurePercentage.threshold ?? 85,
      minimumHosts: failurePercentage.minimumHosts ?? 5,
      requestVolume: failurePercentage.requestVolume ?? 50,
    },
    baseEjectionMs,
    maxEjectionMs: Math.max(spec.maxEjectionMs ?? 300_000, baseEjectionMs),
    maxEjectionPercent: spec.maxEjectionPercent ?? 10,
    panicThresholdPercent: spec.panicThresholdPercent ?? 50,
  };
}
