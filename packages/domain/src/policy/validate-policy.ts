import type { Finding } from "../validation-error.ts";
import type { Policy } from "./policy.ts";
import type { WeightedBackend } from "./weighted-backend.ts";

/** What is known about a service when a policy for it is judged. */
export interface KnownService {
  readonly namespace: string;
  readonly name: string;
  /** Versions that have, or had, a workload. */
  readonly versions: readonly string[];
  /** Versions with an endpoint right now. */
  readonly readyVersions: readonly string[];
}

/**
 * Findings about a well-formed policy that need knowledge of the mesh: an unknown target or version is an
 * error, a share for a version without a ready endpoint a warning.
 */
export function validatePolicy(policy: Policy, services: readonly KnownService[]): Finding[] {
  const target = services.find((s) => s.name === policy.targetRef && s.namespace === policy.namespace);
  if (!target) return [unknownTarget(policy, services)];
  return backendLists(policy).flatMap(({ path, backends }) =>
    backends.flatMap((backend, index) => backendFindings(backend, `${path}[${index}].version`, target)),
  );
}

/** Every weighted list of a policy with the path it stands at. */
export function backendLists(policy: Policy): { path: string; backends: readonly WeightedBackend[] }[] {
  switch (policy.kind) {
    case "canary":
      return [{ path: "backends", backends: policy.backends }];
    case "route":
      return policy.rules.map((rule, index) => ({
        path: `rules[${index}].backends`,
        backends: rule.backends,
      }));
  }
}

function unknownTarget(policy: Policy, services: readonly KnownService[]): Finding {
  const known = services.filter((s) => s.namespace === policy.namespace).map((s) => s.name);
  return {
    code: "unknown-service",
    path: "targetRef",
    severity: "error",
    message: `no service ${policy.targetRef} in namespace ${policy.namespace}; ${
      known.length > 0 ? `it has ${known.join(", ")}` : "it has no services"
    }`,
  };
}

function backendFindings(backend: WeightedBackend, path: string, target: KnownService): Finding[] {
  if (!target.versions.includes(backend.version))
    return [
      {
        code: "unknown-version",
        path,
        severity: "error",
        message: `${target.name} has no version ${backend.version}; it has ${target.versions.join(", ") || "none"}`,
      },
    ];
  if (backend.weight > 0 && !target.readyVersions.includes(backend.version))
    return [
      {
        code: "version-not-ready",
        path,
        severity: "warning",
        message: `${target.name} ${backend.version} has no ready endpoint; its ${backend.weight} % would be answered 503`,
      },
    ];
  return [];
}
