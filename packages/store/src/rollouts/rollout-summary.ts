import { type RolloutState, trafficOf } from "@weir/rollout";
import type { StoredRollout } from "./rollout-store.ts";

/** What the audit says of a rollout, before and after a change. */
export interface RolloutSummary {
  /** The service, by which changes that concern it are found. */
  readonly targetRef: string;
  readonly rollout: number;
  readonly plan: string;
  readonly planRevision: number;
  readonly baseline: string;
  readonly canary: string;
  readonly phase: RolloutState["phase"];
  /** Counted from 1, of so many. */
  readonly step: number;
  readonly steps: number;
  /** Per cent of all requests that are the canary's. */
  readonly weight: number;
}

export function rolloutSummary({ id, plan, planRevision, state }: StoredRollout): RolloutSummary {
  const traffic = trafficOf(plan, state);
  return {
    ...{ targetRef: plan.targetRef, rollout: id, plan: plan.name, planRevision },
    ...{ baseline: plan.baseline, canary: plan.canary, phase: state.phase },
    ...{ step: state.step + 1, steps: plan.steps.length },
    weight: traffic.kind === "weight" ? traffic.canary : 0,
  };
}
