import { circuitBreakerSettings } from "../circuit-breaker/circuit-breaker.ts";
import { loadBalancerSettings } from "../load-balancer/load-balancer.ts";
import { outlierDetectionSettings } from "../outlier-detection/outlier-detection-settings.ts";
import type { SnapshotPolicy } from "../snapshot/snapshot.ts";
import type { Decision } from "./decision.ts";
import { byName, decisionOf, type PolicyFacts } from "./policy-voice.ts";
import type { BreakerRule, LoadBalancerRule, Overflow, Resilience, ResilienceRule } from "./resilience.ts";

/** The settings of a service's circuit breakers, outlier detection and load balancing; see {@link Resilience}. */
export function compileResilience(policies: readonly SnapshotPolicy[]): Resilience {
  const sorted = [...policies].sort(byName);
  const decisions = new DecisionTable();
  const breakers: BreakerRule[] = [];
  const outliers: NonNullable<Resilience["outlier"]>[] = [];
  const balancers: LoadBalancerRule[] = [];
  for (const policy of sorted) {
    const rule = { policy: policy.name, revision: policy.revision, mode: policy.mode };
    switch (policy.kind) {
      case "circuitBreaker": {
        const breaker = { ...rule, settings: circuitBreakerSettings(policy) };
        for (const overflow of overflows)
          decisions.add(policy, breaker, overflow, `overflow=${overflow}`, true);
        decisions.add(policy, breaker, undefined, "allow", false);
        breakers.push(breaker);
        break;
      }
      case "outlierDetection": {
        const outlier = { ...rule, settings: outlierDetectionSettings(policy) };
        decisions.add(policy, outlier, true, "eject", true);
        decisions.add(policy, outlier, false, "keep", false);
        outliers.push(outlier);
        break;
      }
      case "loadBalancer": {
        const balancer = { ...rule, settings: loadBalancerSettings(policy) };
        decisions.add(policy, balancer, true, "host=other", true, policy.algorithm);
        decisions.add(policy, balancer, false, "host=same", false, policy.algorithm);
        balancers.push(balancer);
        break;
      }
    }
  }
  const acting = breakers.find(isEnforced);
  return {
    breakers: [...(acting ? [acting] : []), ...breakers.filter((rule) => !isEnforced(rule))],
    outlier: outliers.find(isEnforced) ?? outliers[0],
    loadBalancer: balancers.find(isEnforced) ?? balancers[0],
    breakerDecision: (rule, overflow) => decisions.get(rule, overflow),
    ejectionDecision: (rule, ejected) => decisions.get(rule, ejected),
    balanceDecision: (rule, differs) => decisions.get(rule, differs),
  };
}

const overflows: readonly Overflow[] = ["connections", "pending", "requests", "retries"];

function isEnforced({ mode }: ResilienceRule<unknown>): boolean {
  return mode === "enforce";
}

type Finding = Overflow | boolean | undefined;

/** Every decision these policies can make, by the rule and what was found. */
class DecisionTable {
  readonly #byRule = new Map<ResilienceRule<unknown>, Map<Finding, Decision>>();

  add(
    policy: PolicyFacts,
    rule: ResilienceRule<unknown>,
    found: Finding,
    verdict: string,
    wouldAct: boolean,
    reason = "limits",
  ): void {
    const decisions = this.#byRule.get(rule) ?? new Map<Finding, Decision>();
    decisions.set(found, decisionOf(policy, verdict, reason, wouldAct));
    this.#byRule.set(rule, decisions);
  }

  get(rule: ResilienceRule<unknown>, found: Finding): Decision {
    const decision = this.#byRule.get(rule)?.get(found);
    if (decision === undefined) throw new TypeError(`policy ${rule.policy} is none of this service's`);
    return decision;
  }
}
