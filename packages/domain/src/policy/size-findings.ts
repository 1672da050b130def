import { type Finding, findingOf } from "../finding/finding.ts";
import type { Policy } from "./policy.ts";

/**
 * What a sidecar bears of its service: each policy is evaluated for every request, also in observe, and its decision counted and
 * logged. On two shared cores a sidecar of the demo's size passed on 23,200 requests/s without a policy, 12,700 with 100 rate limits,
 * 4,300 with 500, and 940 with 2,000, its memory grown from 134 MB to 202.
 */
const mostPolicies = 200;
/** Of one policy, and of all of a service together. */
const mostRules = 1_000;
const mostRulesOfService = 2_000;

/** What is more than a sidecar bears. An error, for it would fail with requests that no policy is about. @param others of the service. */
export function sizeFindings(policy: Policy, others: readonly Policy[]): Finding[] {
  const { targetRef } = policy;
  const { member, count } = rulesOf(policy);
  const findings: Finding[] = [];
  if (others.length >= mostPolicies)
    findings.push(
      findingOf(
        "too-many-policies",
        "targetRef",
        `${targetRef} would have ${others.length + 1} policies; its sidecars bear ${mostPolicies}`,
      ),
    );
  if (count > mostRules)
    findings.push(
      findingOf("too-many-rules", member, `has ${count}; a sidecar bears ${mostRules} in one policy`),
    );
  const together = count + others.reduce((sum, other) => sum + rulesOf(other).count, 0);
  if (count > 0 && count <= mostRules && together > mostRulesOfService)
    findings.push(
      findingOf(
        "too-many-rules",
        member,
        `with these the policies of ${targetRef} have ${together} rules; its sidecars bear ${mostRulesOfService}`,
      ),
    );
  return findings;
}

/** What a sidecar looks through for each request, and the member that holds it. */
function rulesOf(policy: Policy): { readonly member: string; readonly count: number } {
  switch (policy.kind) {
    case "authorization":
    case "route":
      return { member: "rules", count: policy.rules.length };
    case "rateLimit":
      return { member: "overrides", count: policy.overrides?.length ?? 0 };
    case "canary":
      return { member: "pins", count: policy.pins?.length ?? 0 };
    case "circuitBreaker":
    case "outlierDetection":
    case "loadBalancer":
      return { member: "", count: 0 };
  }
}
