import type { RolloutPlan } from "@weir/rollout";
import type { Durations } from "./durations.ts";

/** A canary as it really is; whoever judges sees its requests only. */
export interface Scenario {
  readonly name: string;
  readonly plan: RolloutPlan;
  readonly requestsPerSecond: number;
  /** Share of requests that fail at a time since the beginning, 0 to 1. */
  errors(atMs: number): { readonly canary: number; readonly baseline: number };
  /** So many requests fail together, of one version. */
  readonly bunch: number;
  readonly durations: { readonly canary: Durations; readonly baseline: Durations };
  /** When the canary begins to do harm; undefined: never. */
  readonly harmMs: number | undefined;
  /** How long it is watched. */
  readonly forMs: number;
  /** Whether Flagger's rule sees the same requests: it would have other weights at other times. */
  readonly beside: boolean;
}
