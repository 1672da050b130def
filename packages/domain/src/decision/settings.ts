/** Settings of the policies that a sidecar's own machinery carries out. */
export type { Cells } from "../cells.ts";
export type { CircuitBreakerSettings } from "../circuit-breaker/circuit-breaker.ts";
export type { LoadBalancerSettings } from "../load-balancer/load-balancer.ts";
export type { OutlierDetectionSettings } from "../outlier-detection/outlier-detection-settings.ts";
export type { RetrySettings } from "../retry/retry.ts";
