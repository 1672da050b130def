import type { inferRouterOutputs } from "@trpc/server";
import type { Consent, Gate } from "@weir/rollout";
import type { AppRouter } from "../../../server/router.ts";

export type EnforcePreview = inferRouterOutputs<AppRouter>["enforcement"]["preview"];
export type ShownEnforcement = inferRouterOutputs<AppRouter>["enforcement"]["get"];

/** Callers and policies of a gate that nobody has agreed to yet. The server asks the same once more. */
export function openQuestions({ denied, unproven }: Gate, consent: Consent): number {
  const callers = denied.filter(
    ({ namespace, service }) => !consent.denied.includes(`${namespace}/${service}`),
  );
  return callers.length + unproven.filter((name) => !consent.unproven.includes(name)).length;
}
