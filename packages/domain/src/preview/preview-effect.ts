import type { Outcome } from "../decision/decision.ts";
import type { PolicyKind } from "../policy/policy.ts";

/** What a policy would have done to a request, the gravest first; `uncertain`: what is stored does not say. */
export const previewEffects = [
  "denied",
  "limited",
  "overflowed",
  "redirected",
  "faulted",
  "rerouted",
  "mirrored",
  "edited",
  "timedOut",
  "retried",
  "notRetried",
  "ejected",
  "rebalanced",
  "letIn",
  "uncertain",
  "unchanged",
] as const;
export type PreviewEffect = (typeof previewEffects)[number];

/** The gravest of what an enforced outcome does, before anything is known of the answer. */
export function effectOf({ action, version }: Outcome, stableVersion: string | undefined): PreviewEffect {
  if (action?.refuse) return action.refuse.by === "authorization" ? "denied" : "limited";
  if (action?.redirect) return "redirected";
  if (action?.fault) return "faulted";
  if (version !== stableVersion) return "rerouted";
  if (action?.mirrorVersion !== undefined) return "mirrored";
  if (action?.rewrite || action?.requestHeaders || action?.responseHeaders) return "edited";
  return "unchanged";
}

/**
 * The same of a decision that a sidecar counted, by its verdict; for those that would have acted. Of verdicts in several
 * parts the gravest.
 *
 * @param stableVersion of the service: going there is no change.
 */
export function effectOfVerdict(
  kind: PolicyKind,
  verdict: string,
  stableVersion: string | undefined,
): PreviewEffect {
  const effects = verdict.split(", ").map((part) => effectOfPart(kind, part, stableVersion));
  return previewEffects.find((effect) => effects.includes(effect)) ?? "unchanged";
}

function effectOfPart(kind: PolicyKind, part: string, stableVersion: string | undefined): PreviewEffect {
  const [name = "", value] = part.split("=");
  if (name === "version") return value === stableVersion ? "unchanged" : "rerouted";
  if (name === "overflow") return value === "retries" ? "notRetried" : "overflowed";
  if (name === "host") return value === "other" ? "rebalanced" : "unchanged";
  if (name === "allow") return kind === "authorization" ? "letIn" : "unchanged";
  return Object.hasOwn(effectsOfParts, name) ? effectsOfParts[name]! : "unchanged";
}

const effectsOfParts: Readonly<Record<string, PreviewEffect>> = {
  ...{ deny: "denied", limit: "limited", redirect: "redirected", delay: "faulted", abort: "faulted" },
  ...{ mirror: "mirrored", rewrite: "edited", headers: "edited", timeout: "timedOut", retry: "retried" },
  ...{ eject: "ejected" },
};
