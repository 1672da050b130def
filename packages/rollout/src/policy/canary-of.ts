import type { CanaryPin, PolicyOf, RouteMatch } from "@weir/domain";
import { hasEnded, type RolloutState, trafficOf } from "../decide/state.ts";
import type { RolloutPlan } from "../plan/plan.ts";

/**
 * The policy that has the request path do what a rollout asks for now, whole: of the same plan and state the same one, so
 * that it may be stored again. It is enforced, since starting a rollout is a decision to act; a hold of the mesh observes all
 * the same. Testers are pinned while the rollout goes on; one that is over leaves the shares alone.
 */
export function canaryOf(plan: RolloutPlan, state: RolloutState, policyName: string): PolicyOf<"canary"> {
  const { namespace, targetRef, baseline, canary, sticky } = plan;
  const traffic = trafficOf(plan, state);
  const weight = traffic.kind === "weight" ? traffic.canary : 0;
  const pins = [
    ...(traffic.kind === "match" ? pinned(traffic.match, canary) : []),
    ...(plan.testers && !hasEnded(state) ? pinned(plan.testers, canary) : []),
  ];
  return {
    ...{ kind: "canary", name: policyName, namespace, targetRef, mode: "enforce" },
    backends: [
      { version: baseline, weight: 100 - weight },
      { version: canary, weight },
    ],
    ...(sticky !== "none" && { sticky }),
    ...(pins.length > 0 && { pins }),
    ...(traffic.kind === "mirror" && { mirror: { version: canary, percent: traffic.percent } }),
  };
}

function pinned(match: readonly RouteMatch[], version: string): CanaryPin[] {
  return [{ match: [...match], version }];
}
