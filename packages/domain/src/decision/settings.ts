/** Settings of the policies that a sidecar's own machinery carries out. */
export interface RetrySettings {
  readonly on: readonly (string | number)[];
  readonly attempts: number;
  readonly perTryTimeoutMs?: number | undefined;
  readonly backOff?: { readonly baseMs: number; readonly maxMs: number } | undefined;
  readonly budget?: { readonly percent: number; readonly minConcurrent: number } | undefined;
}

export interface CircuitBreakerSettings {
  readonly maxConnections: number;
  readonly maxPendingRequests: number;
  readonly maxRequests: number;
  readonly maxRetries: number;
}

export interface OutlierDetectionSettings {
  readonly intervalMs: number;
}

export interface LoadBalancerSettings {
  readonly algorithm: "leastRequest" | "peakEwma" | "roundRobin" | "random" | "ringHash" | "maglev";
}
