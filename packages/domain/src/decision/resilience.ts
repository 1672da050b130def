import type { Mode } from "../mode/mode.ts";
import type { Decision } from "./decision.ts";
import type { CircuitBreakerSettings, LoadBalancerSettings, OutlierDetectionSettings } from "./settings.ts";

/** A policy about a service rather than about single requests: who says so, whether it acts, and what it says. */
export interface ResilienceRule<Settings> {
  readonly policy: string;
  readonly revision: number;
  readonly mode: Mode;
  readonly settings: Settings;
}

export type BreakerRule = ResilienceRule<CircuitBreakerSettings>;
export type OutlierRule = ResilienceRule<OutlierDetectionSettings>;
export type LoadBalancerRule = ResilienceRule<LoadBalancerSettings>;

/** Which limit of a circuit breaker was full. */
export type Overflow = "connections" | "pending" | "requests" | "retries";

/**
 * What the policies of a service ask of how its upstreams are used. Of the enforced ones of a kind the first by
 * name acts; where there is none, the first observed one is counted. The decisions are interned like all others.
 */
export interface Resilience {
  /** At most one enforced, which stands first; the observed ones are counted beside it. */
  readonly breakers: readonly BreakerRule[];
  readonly outlier: OutlierRule | undefined;
  readonly loadBalancer: LoadBalancerRule | undefined;
  /** What a breaker said of one request or connection; `overflow` undefined: there was room. */
  breakerDecision(rule: BreakerRule, overflow: Overflow | undefined): Decision;
  /** `ejected`: the request would have gone, or went, elsewhere because hosts are ejected. */
  ejectionDecision(rule: OutlierRule, ejected: boolean): Decision;
  /** `differs`: the policy picks another host than plain load balancing does. */
  balanceDecision(rule: LoadBalancerRule, differs: boolean): Decision;
}
