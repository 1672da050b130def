import { type RolloutPlan, type RolloutState, trafficOf } from "@weir/rollout";
import type { VersionTick } from "@weir/store";

const slotMs = 10_000;

/**
 * Share of the requests, 0 to 1, that was the canary's to get for all of a tick. Undefined where it was no share: a match or
 * testers choose, or copies are made; and around a change of it, until one slot after every sidecar has carried it out.
 */
export function assignedShare(
  plan: RolloutPlan,
  state: RolloutState,
  settledMs: number | undefined,
): (tick: Pick<VersionTick, "fromMs">) => number | undefined {
  const traffic = trafficOf(plan, state);
  if (traffic.kind !== "weight" || plan.testers || settledMs === undefined) return () => undefined;
  return ({ fromMs }) => (fromMs >= settledMs + slotMs ? traffic.canary / 100 : undefined);
}
