import type { ServiceSummary, StoredPolicy } from "@weir/store";
import type { Canary, CanaryService } from "./canary-schemas.ts";

/** A service with the canary that decides about it: of several the first by name (domain: order of precedence). */
export function canaryService(service: ServiceSummary, policies: readonly StoredPolicy[]): CanaryService {
  const own = policies
    .filter(({ policy }) => policy.namespace === service.namespace && policy.targetRef === service.name)
    .sort((a, b) => (a.policy.name < b.policy.name ? -1 : 1));
  const first = own.find(({ policy }) => policy.kind === "canary");
  return {
    namespace: service.namespace,
    service: service.name,
    versions: [...service.versions],
    readyVersions: [...service.readyVersions],
    stableVersion: service.stableVersionInForce,
    inForce: service.resolvedMode,
    canary: first && canaryOf(first),
    otherPolicies: own
      .filter((one) => one !== first)
      .map(({ policy }) => ({ name: policy.name, kind: policy.kind })),
  };
}

/** Has this service anything to split, or is something split already? */
export function isSplittable({ versions, canary }: CanaryService): boolean {
  return versions.length > 1 || canary !== undefined;
}

function canaryOf({ policy, resolvedMode, changedAt, changedBy }: StoredPolicy): Canary | undefined {
  if (policy.kind !== "canary") return undefined;
  const { pins = [], mirror } = policy;
  return {
    name: policy.name,
    revision: policy.revision,
    backends: policy.backends,
    pinnedTo: [...new Set(pins.map(({ version }) => version))],
    mirror: mirror && { version: mirror.version, percent: mirror.percent ?? 100 },
    inForce: resolvedMode,
    ownMode: policy.mode,
    changedAtMs: changedAt.getTime(),
    changedBy,
  };
}
