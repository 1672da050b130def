import type { Outcome } from "../decision/decision.ts";

/** What a policy would have done to a request, the gravest first; `uncertain`: what is stored does not say. */
export const previewEffects = [
  "denied",
  "limited",
  "redirected",
  "faulted",
  "rerouted",
  "mirrored",
  "edited",
  "timedOut",
  "retried",
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
