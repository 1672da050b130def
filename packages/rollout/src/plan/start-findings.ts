import type { Finding, KnownService } from "@weir/domain";
import type { RolloutPlan } from "./plan.ts";
import { type PresentRoute, routeFindings } from "./route-findings.ts";
import { type PresentCanary, takeoverFindings } from "./takeover-findings.ts";

/** What a plan is to begin with. */
export interface StartingPoint {
  /** Undefined where there is no such service. */
  readonly service: KnownService | undefined;
  /** What takes all traffic while nothing is enforced. */
  readonly stableVersion: string | undefined;
  /** The canary policies that the service has already; the rollout goes on from one. */
  readonly canaries: readonly PresentCanary[];
  /** Its routes that act, by name: they choose a version before a canary does. */
  readonly routes: readonly PresentRoute[];
  /** Id of the service's rollout that is not over. */
  readonly running: number | undefined;
  /** The policy that has the plan's name, which a rollout without a canary to go on from gives to its own. */
  readonly named: { readonly kind: string; readonly targetRef: string } | undefined;
}

/**
 * Why a well-formed plan cannot begin with the mesh as it is: another rollout moves the same traffic; it would send requests to
 * nobody, go back to another version than an observing mesh does, or undo what the service's canary policy does.
 */
export function startFindings(plan: RolloutPlan, from: StartingPoint): Finding[] {
  const { service, stableVersion } = from;
  const first = [...runningFindings(plan, from), ...nameFindings(plan, from)];
  if (!service) {
    const message = `there is no service ${plan.targetRef} in namespace ${plan.namespace}`;
    return [
      ...first,
      finding(
        "unknown-service",
        "targetRef",
        message,
        "Correct targetRef or namespace, or start the service first.",
      ),
    ];
  }
  const unready = (["baseline", "canary"] as const).flatMap((role) => versionFinding(plan, role, service));
  if (unready.length > 0) return [...first, ...unready];
  return [
    ...first,
    ...stableFindings(plan, stableVersion),
    ...routeFindings(plan, from.routes),
    ...canaryFindings(plan, from),
  ];
}

/** Two would move the same traffic. */
function runningFindings({ namespace, targetRef }: RolloutPlan, { running }: StartingPoint): Finding[] {
  if (running === undefined) return [];
  const message = `rollout ${running} of ${targetRef} is not over yet`;
  const fix = `End it first: on its page, /rollouts/${running}, or by weir rollout abort ${namespace}/${targetRef}.`;
  return [finding("rollout-going-on", "targetRef", message, fix)];
}

function nameFindings({ name }: RolloutPlan, { canaries, named }: StartingPoint): Finding[] {
  if (named === undefined || canaries.length > 0) return [];
  const message = `there is a ${named.kind} policy ${name} for ${named.targetRef} already`;
  return [finding("name-taken", "name", message, "Give the plan another name.")];
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

/** What a rollout that goes on makes of its canary now is in nobody's way once it is over. */
function canaryFindings(plan: RolloutPlan, { canaries, running }: StartingPoint): Finding[] {
  if (canaries.length <= 1)
    return running === undefined ? canaries.flatMap((canary) => takeoverFindings(plan, canary)) : [];
  const names = canaries.map(({ name }) => name).join(", ");
  return [
    finding(
      "several-canaries",
      "targetRef",
      `${plan.targetRef} has more than one canary policy: ${names}`,
      "Remove all of them but one; the rollout goes on from that.",
    ),
  ];
}

function finding(code: string, path: string, message: string, fix: string): Finding {
  return { code, path, severity: "error", message, fix };
}
