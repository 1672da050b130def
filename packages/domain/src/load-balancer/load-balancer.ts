import type { BalancingAlgorithm, HashOn, LoadBalancerSpec } from "./load-balancer-spec.ts";

export interface LoadBalancerSettings {
  readonly algorithm: BalancingAlgorithm;
  readonly hashOn: HashOn | undefined;
  /** 0: new endpoints get their full share at once. */
  readonly slowStartMs: number;
  readonly zonePreference: boolean;
}

/** Load balancing as somebody wrote it, with the defaults in place. */
export function loadBalancerSettings(spec: LoadBalancerSpec): LoadBalancerSettings {
  const { algorithm, hashOn, slowStartMs = 0, zonePreference = false } = spec;
  return { algorithm, hashOn, slowStartMs, zonePreference };
}
