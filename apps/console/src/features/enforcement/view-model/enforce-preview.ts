import type { inferRouterOutputs } from "@trpc/server";
import { type Consent, consentTo, type Gate } from "@weir/rollout";
import type { AppRouter } from "../../../server/router.ts";

export type EnforcePreview = inferRouterOutputs<AppRouter>["enforcement"]["preview"];
export type ShownEnforcement = inferRouterOutputs<AppRouter>["enforcement"]["get"];

/** Callers and policies of a gate that nobody has agreed to yet. The server asks the same once more. */
export function openQuestions(gate: Gate, consent: Consent): number {
  const asked = consentTo(gate);
  const open = (of: "denied" | "unproven" | "unheard") =>
    (asked[of] ?? []).filter((name) => !consent[of]?.includes(name)).length;
  return open("denied") + open("unproven") + open("unheard");
}
