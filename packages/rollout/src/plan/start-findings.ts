import type { CanarySpec, Finding, KnownService } from "@weir/domain";
import type { RolloutPlan } from "./plan.ts";

/** What a plan is to begin with. */
export interface StartingPoint {
  /** Undefined where there is no such service. */
  readonly service: KnownService | undefined;
  /** What takes all traffic while nothing is enforced. */
  readonly stableVersion: string | undefined;
  /** The canary policies that the service has already; the rollout goes on from one. */
  readonly canaries: readonly ({ readonly name: string } & Pick<
    CanarySpec,
    "backends" | "pins" | "mirror"
  >)[];
}

/**
 * Why a well-formed plan cannot begin with the mesh as it is: it would send requests to nobody, go back to another version
 * than an observing mesh does, or take requests from a version that it does not speak of.
 */
export function startFindings(
  plan: RolloutPlan,
  { service, stableVersion, canaries }: StartingPoint,
): Finding[] {
  if (!service) {
    const message = `there is no service ${plan.targetRef} in namespace ${plan.namespace}`;
    return [
      finding(
        "unknown-service",
        "targetRef",
        message,
        "Correct targetRef or namespace, or start the service first.",
      ),
    ];
  }
  const unready = (["baseline", "canary"] as const).flatMap((role) => versionFinding(plan, role, service));
  if (unready.length > 0) return unready;
  return [...stableFindings(plan, stableVersion), ...canaryFindings(plan, canaries)];
}

function versionFinding(plan: RolloutPlan, role: "baseline" | "canary", service: KnownService): Finding[] {
  const version = plan[role];
  if (!service.versions.includes(version)) {
    const message = `${service.name} has no version ${version}; it has ${service.versions.join(", ") || "none"}`;
    return [
      finding("unknown-version", role, message, "Name a version that the service has, or start it first."),
    ];
  }
  if (service.readyVersions.includes(version)) return [];
  const message = `${service.name} ${version} has no ready endpoint; its requests would be answered 503`;
  return [finding("version-not-ready", role, message, "Start an instance of it first.")];
}

function stableFindings({ baseline, targetRef }: RolloutPlan, stable: string | undefined): Finding[] {
  if (stable === baseline) return [];
  const message = `${targetRef}'s stable version is ${stable ?? "not known"}: a mesh that observes would send all to it, and not to the baseline`;
  const fix = `Take ${stable ?? "the stable version"} for the baseline, or make ${baseline} the stable version first.`;
  return [finding("baseline-not-stable", "baseline", message, fix)];
}

function canaryFindings(
  { baseline, canary, targetRef }: RolloutPlan,
  canaries: StartingPoint["canaries"],
): Finding[] {
  if (canaries.length > 1) {
    const names = canaries.map(({ name }) => name).join(", ");
    const message = `${targetRef} has more than one canary policy: ${names}`;
    return [
      finding(
        "several-canaries",
        "targetRef",
        message,
        "Remove all of them but one; the rollout goes on from that.",
      ),
    ];
  }
  return canaries.flatMap(({ name, backends, pins = [], mirror }) => {
    const used = [
      ...backends.filter(({ weight }) => weight > 0).map(({ version }) => version),
      ...pins.map(({ version }) => version),
      ...(mirror ? [mirror.version] : []),
    ];
    const others = [...new Set(used)].filter((version) => version !== baseline && version !== canary);
    if (others.length === 0) return [];
    const message = `canary policy ${name} sends requests to ${others.join(", ")}, which the rollout would take away`;
    return [finding("other-version", "canary", message, `Remove or change canary policy ${name} first.`)];
  });
}

function finding(code: string, path: string, message: string, fix: string): Finding {
  return { code, path, severity: "error", message, fix };
}
