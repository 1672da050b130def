import { type Finding, withIgnored } from "../../finding/finding.ts";
import type { Policy } from "../policy.ts";
import { authorizationTrafficFindings } from "./authorization-traffic-findings.ts";
import { canaryTrafficFindings } from "./canary-traffic-findings.ts";
import { breakerTrafficFindings, limitTrafficFindings } from "./load-traffic-findings.ts";
import { routeTrafficFindings } from "./route-traffic-findings.ts";
import type { TrafficEvidence } from "./traffic-evidence.ts";

/**
 * What is odd about a policy in the light of the requests that its service really got. Nothing was observed: nothing is
 * said; and of a condition that no log can answer, neither that it is met nor that it is not. @param others the
 * policies beside it, see neighbours().
 */
export function trafficFindings(
  policy: Policy,
  evidence: TrafficEvidence,
  others: readonly Policy[] = [],
): Finding[] {
  if (evidence.requests.length === 0) return [];
  return withIgnored(findingsOfKind(policy, evidence, others), policy.ignoreFindings);
}

function findingsOfKind(policy: Policy, evidence: TrafficEvidence, others: readonly Policy[]): Finding[] {
  switch (policy.kind) {
    case "route":
      return routeTrafficFindings(policy, evidence);
    case "authorization":
      return authorizationTrafficFindings(
        policy,
        evidence,
        others.filter((other) => other.kind === "authorization"),
      );
    case "rateLimit":
      return limitTrafficFindings(policy, evidence);
    case "circuitBreaker":
      return breakerTrafficFindings(policy, evidence);
    case "canary":
      return canaryTrafficFindings(policy, evidence);
    case "outlierDetection":
    case "loadBalancer":
      return [];
  }
}
