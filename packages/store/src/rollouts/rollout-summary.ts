import { matchWords } from "@weir/domain";
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
  /** In words, where it is other than a share: copies, or requests that are chosen. */
  readonly chosen?: string | undefined;
}

export function rolloutSummary({ id, plan, planRevision, state }: StoredRollout): RolloutSummary {
  const traffic = trafficOf(plan, state);
  return {
    ...{ targetRef: plan.targetRef, rollout: id, plan: plan.name, planRevision },
    ...{ baseline: plan.baseline, canary: plan.canary, phase: state.phase },
    ...{ step: state.step + 1, steps: plan.steps.length },
    weight: traffic.kind === "weight" ? traffic.canary : 0,
    ...(traffic.kind !== "weight" && { chosen: chosenWords(traffic) }),
  };
}

function chosenWords(traffic: Exclude<ReturnType<typeof trafficOf>, { kind: "weight" }>): string {
  if (traffic.kind === "mirror") return `copies of ${traffic.percent} %`;
  const [first = {}, ...others] = traffic.match;
  const more = others.length === 0 ? "" : `, or ${others.length} more`;
  return `chosen requests (${matchWords(first)}${more})`;
}
