import { type Finding, findingOf } from "../finding/finding.ts";
import type { PolicyOf } from "./policy.ts";

type ResiliencePolicy = PolicyOf<"circuitBreaker"> | PolicyOf<"outlierDetection"> | PolicyOf<"loadBalancer">;

/** What is odd about how a policy has upstreams used. */
export function resilienceFindings(policy: ResiliencePolicy): Finding[] {
  switch (policy.kind) {
    case "circuitBreaker":
      return breakerFindings(policy);
    case "outlierDetection":
      return outlierFindings(policy);
    case "loadBalancer":
      return balancerFindings(policy);
  }
}

function breakerFindings(policy: PolicyOf<"circuitBreaker">): Finding[] {
  return (["maxConnections", "maxRequests"] as const)
    .filter((limit) => policy[limit] === 0)
    .map((limit) => findingOf("refuses-all", limit, "0 refuses every request with 503"));
}

function outlierFindings(policy: PolicyOf<"outlierDetection">): Finding[] {
  const { consecutive5xx = 5, consecutiveGatewayFailure = 0, successRate, failurePercentage } = policy;
  const findings: Finding[] = [];
  if (consecutive5xx === 0 && consecutiveGatewayFailure === 0 && !successRate && !failurePercentage)
    findings.push(findingOf("detects-nothing", "", "every detection is off; no host would ever be ejected"));
  const { baseEjectionMs = 30_000, maxEjectionMs = 300_000, maxEjectionPercent } = policy;
  if (policy.maxEjectionMs !== undefined && maxEjectionMs < baseEjectionMs)
    findings.push(
      findingOf(
        "ejection-order",
        "maxEjectionMs",
        `is less than baseEjectionMs (${baseEjectionMs}), which then counts`,
      ),
    );
  if (maxEjectionPercent === 0)
    findings.push(
      findingOf("ejects-nothing", "maxEjectionPercent", "0 keeps every host, however it answers"),
    );
  return findings;
}

function balancerFindings({ algorithm, hashOn }: PolicyOf<"loadBalancer">): Finding[] {
  if (hashOn === undefined || algorithm === "ringHash" || algorithm === "maglev") return [];
  return [findingOf("hash-unused", "hashOn", `${algorithm} hashes nothing`)];
}
