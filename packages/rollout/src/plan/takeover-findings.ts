import type { CanaryPin, CanarySpec, Finding, MirrorSpec, Sticky } from "@weir/domain";
import { stepWords } from "../decide/words.ts";
import { isSame } from "./is-same.ts";
import type { RolloutPlan } from "./plan.ts";

/** A canary policy that a service has already, and a rollout would go on from. */
export interface PresentCanary extends CanarySpec {
  readonly name: string;
  /** It acts, or does so once the mesh is no longer on hold. */
  readonly enforced: boolean;
}

/**
 * What a rollout would undo of the canary policy that it goes on from, which from its first step on says what the plan does and
 * nothing else: traffic that goes to the canary already, versions of which the plan does not speak, pins, copies, and who
 * keeps a user in one version.
 */
export function takeoverFindings(plan: RolloutPlan, canary: PresentCanary): Finding[] {
  return [
    ...otherVersions(plan, canary),
    ...weightBack(plan, canary),
    ...(canary.enforced ? (canary.pins ?? []).flatMap((pin) => pinDropped(plan, canary, pin)) : []),
    ...(canary.enforced && canary.mirror ? mirrorDropped(plan, canary, canary.mirror) : []),
    ...usersMoved(plan, canary),
  ];
}

function otherVersions(
  { baseline, canary }: RolloutPlan,
  { name, backends, pins = [], mirror }: PresentCanary,
): Finding[] {
  const used = [
    ...backends.filter(({ weight }) => weight > 0).map(({ version }) => version),
    ...pins.map(({ version }) => version),
    ...(mirror ? [mirror.version] : []),
  ];
  const others = [...new Set(used)].filter((version) => version !== baseline && version !== canary);
  if (others.length === 0) return [];
  return [
    finding(
      "other-version",
      "canary",
      `canary policy ${name} sends requests to ${others.join(", ")}, which the rollout would take away`,
      `Remove or change canary policy ${name} first.`,
    ),
  ];
}

function weightBack({ canary, steps }: RolloutPlan, { name, enforced, backends }: PresentCanary): Finding[] {
  const now = weightOf(backends, canary);
  const [first] = steps;
  if (!enforced || first === undefined || ("weight" in first && first.weight >= now) || now === 0) return [];
  return [
    finding(
      "weight-goes-back",
      "steps[0]",
      `canary policy ${name} sends ${now} % of the requests to ${canary} already; the first step, ${stepWords(first)}, would take them back`,
      `Begin with the weight ${now} or more; or lower canary policy ${name} first, if they are to go back.`,
    ),
  ];
}

function pinDropped(
  { baseline, canary, testers, steps }: RolloutPlan,
  { name }: PresentCanary,
  pin: CanaryPin,
) {
  const [first] = steps;
  const kept = [...(testers ?? []), ...(first && "match" in first ? first.match : [])];
  const isKept = pin.version === canary && pin.match.every((own) => kept.some((one) => isSame(own, one)));
  if (isKept || (pin.version !== canary && pin.version !== baseline)) return [];
  const fix =
    pin.version === canary
      ? "Take its matches over as the plan's testers, or remove the pin first."
      : "Remove the pin first: a plan pins requests to its canary alone.";
  const message = `canary policy ${name} pins requests to ${pin.version}, and the plan does not; the rollout would end that`;
  return [finding("pin-dropped", "testers", message, fix)];
}

function mirrorDropped(
  { baseline, canary, steps }: RolloutPlan,
  { name }: PresentCanary,
  { version, percent = 100 }: MirrorSpec,
): Finding[] {
  const [first] = steps;
  const isKept = version === canary && first !== undefined && "mirror" in first && first.mirror >= percent;
  if (isKept || (version !== canary && version !== baseline)) return [];
  const fix =
    version === canary
      ? `Begin with a step that mirrors ${percent} % or more, or remove the mirror first.`
      : "Remove the mirror first: a plan mirrors to its canary alone.";
  const message = `canary policy ${name} mirrors ${percent} % of the requests to ${version}, and the first step does not; the rollout would end that`;
  return [finding("mirror-dropped", "steps[0]", message, fix)];
}

/** Where one version has all requests, nobody can be moved. */
function usersMoved(
  { baseline, canary, sticky }: RolloutPlan,
  { name, enforced, backends, sticky: now }: PresentCanary,
): Finding[] {
  const weight = weightOf(backends, canary);
  if (!enforced || now === undefined || weight === 0 || weight === 100) return [];
  if (sticky === "none" || !isSame(keyOf(now), keyOf(sticky)))
    return [
      finding(
        "users-move",
        "sticky",
        `canary policy ${name} keeps users in their version by ${keyWords(now)}, and the plan ${sticky === "none" ? "does not" : `by ${keyWords(sticky)}`}: users would change versions`,
        `Write sticky: ${JSON.stringify(now)} into the plan.`,
      ),
    ];
  const versions = backends.map(({ version }) => version);
  if (versions.indexOf(baseline) <= versions.indexOf(canary)) return [];
  return [
    finding(
      "users-move",
      "canary",
      `canary policy ${name} names ${canary} before ${baseline}, so that other users are in it than a rollout would put there`,
      `Put ${baseline} first in canary policy ${name}.`,
    ),
  ];
}

function weightOf(backends: CanarySpec["backends"], version: string): number {
  return backends.find((backend) => backend.version === version)?.weight ?? 0;
}

/** How long a cookie lasts says nothing about whose it is. */
function keyOf(sticky: Sticky): unknown {
  return "cookie" in sticky ? { cookie: sticky.cookie } : sticky;
}

function keyWords(sticky: Sticky): string {
  if ("cookie" in sticky) return `cookie ${sticky.cookie}`;
  return "header" in sticky ? `header ${sticky.header}` : "calling service";
}

function finding(code: string, path: string, message: string, fix: string): Finding {
  return { code, path, severity: "error", message, fix };
}
