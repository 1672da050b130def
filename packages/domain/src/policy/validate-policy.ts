import { type Finding, findingOf, withIgnored } from "../finding/finding.ts";
import { accessFindings } from "./access-findings.ts";
import { backendLists } from "./backend-lists.ts";
import { canaryFindings } from "./canary-findings.ts";
import { neighbourFindings } from "./neighbour-findings.ts";
import type { Policy } from "./policy.ts";
import { resilienceFindings } from "./resilience-findings.ts";
import { routeFindings } from "./route-findings.ts";
import { sizeFindings } from "./size-findings.ts";
import { versionFindings } from "./version-findings.ts";

/** What is known about a service when a policy for it is judged. */
export interface KnownService {
  readonly namespace: string;
  readonly name: string;
  /** Beside those that its name makes; absent: not known. */
  readonly hosts?: readonly string[] | undefined;
  /** Versions that have, or had, a workload. */
  readonly versions: readonly string[];
  /** Versions with an endpoint right now. */
  readonly readyVersions: readonly string[];
}

/**
 * Findings about a well-formed policy that need knowledge of the mesh, or of its parts together: an unknown target
 * or version is an error; what is allowed and most likely not meant is a warning. `others` are the
 * policies beside it, see neighbours(). `standing` is what it takes the place of, itself where it is in force; undefined: it is new.
 */
export function validatePolicy(
  policy: Policy,
  services: readonly KnownService[],
  others: readonly Policy[] = [],
  standing?: Policy,
): Finding[] {
  const target = services.find((s) => s.name === policy.targetRef && s.namespace === policy.namespace);
  if (!target) return [unknownTarget(policy, services)];
  return withIgnored(
    [
      ...sizeFindings(policy, others, standing),
      ...findingsOfKind(policy, target, services, others),
      ...neighbourFindings(policy, others),
    ],
    policy.ignoreFindings,
  );
}

function findingsOfKind(
  policy: Policy,
  target: KnownService,
  services: readonly KnownService[],
  others: readonly Policy[],
): Finding[] {
  switch (policy.kind) {
    case "canary":
    case "route":
      return [
        ...backendLists(policy).flatMap(({ path, backends }) =>
          backends.flatMap((backend, index) => versionFindings(backend, `${path}[${index}].version`, target)),
        ),
        ...(policy.kind === "route"
          ? routeFindings(
              policy,
              target,
              others.filter((other) => other.kind === "route"),
            )
          : canaryFindings(policy, target)),
      ];
    case "authorization":
    case "rateLimit":
      return accessFindings(policy, target, services);
    case "circuitBreaker":
    case "outlierDetection":
    case "loadBalancer":
      return resilienceFindings(policy);
  }
}

function unknownTarget(policy: Policy, services: readonly KnownService[]): Finding {
  const known = services.filter((s) => s.namespace === policy.namespace).map((s) => s.name);
  return findingOf(
    "unknown-service",
    "targetRef",
    `no service ${policy.targetRef} in namespace ${policy.namespace}; ${
      known.length > 0 ? `it has ${known.join(", ")}` : "it has no services"
    }`,
  );
}
