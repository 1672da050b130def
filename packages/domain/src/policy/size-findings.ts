import { type Finding, findingOf } from "../finding/finding.ts";
import type { Policy } from "./policy.ts";

/**
 * What a sidecar bears of its service: each policy is evaluated for every request, also in observe, and its decision counted and
 * logged. On two shared cores a sidecar of the demo's size passed on 23,200 requests/s without a policy, 12,700 with 100 rate limits,
 * 4,300 with 500, and 940 with 2,000, its memory grown from 134 MB to 202.
 */
export const mostPoliciesOfService = 200;
/** Of one policy, and of all of a service together. */
const mostRules = 1_000;
const mostRulesOfService = 2_000;

/**
 * What is more than a sidecar bears. An error where it adds, for it would fail with requests that no policy is about; what stands
 * already, or becomes less, is a warning. @param others of the service. @param standing what the policy takes the place of.
 */
export function sizeFindings(
  policy: Policy,
  others: readonly Policy[],
  standing: Policy | undefined,
): Finding[] {
  const { targetRef } = policy;
  const former = standing?.targetRef === targetRef ? standing : undefined;
  const { member, count } = rulesOf(policy);
  const addsRules = former === undefined || count > rulesOf(former).count;
  const findings: Finding[] = [];
  if (others.length >= mostPoliciesOfService)
    findings.push(
      found(
        former === undefined,
        "too-many-policies",
        "targetRef",
        `${targetRef} ${former ? "has" : "would have"} ${others.length + 1} policies; its sidecars bear ${mostPoliciesOfService}`,
      ),
    );
  if (count > mostRules)
    findings.push(
      found(addsRules, "too-many-rules", member, `has ${count}; a sidecar bears ${mostRules} in one policy`),
    );
  const together = count + others.reduce((sum, other) => sum + rulesOf(other).count, 0);
  if (count > 0 && count <= mostRules && together > mostRulesOfService)
    findings.push(
      found(
        addsRules,
        "too-many-rules",
        member,
        `with these the policies of ${targetRef} have ${together} rules; its sidecars bear ${mostRulesOfService}`,
      ),
    );
  return findings;
}

function found(adds: boolean, ...finding: Parameters<typeof findingOf>): Finding {
  return { ...findingOf(...finding), severity: adds ? "error" : "warning" };
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
