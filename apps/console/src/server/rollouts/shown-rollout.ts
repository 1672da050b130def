import { quantile } from "@weir/domain";
import { type Evidence, hasEnded, type RolloutPlan, type RolloutState, type Signals } from "@weir/rollout";
import type { CoursePoint, Look, RolloutEvent, StoredRollout, VersionSignals } from "@weir/store";

/** What one version did; quantiles in seconds, undefined without requests. */
export interface ShownSignals {
  readonly requests: number;
  readonly failures: number;
  readonly p50: number | undefined;
  readonly p95: number | undefined;
  readonly p99: number | undefined;
}

export interface ShownVersions {
  readonly fromMs: number;
  readonly toMs: number;
  readonly canary: ShownSignals;
  readonly baseline: ShownSignals;
}

/** A rollout as pages show it: what its analysis keeps for the next tick stays in the store. */
export interface ShownRollout {
  readonly id: number;
  readonly plan: RolloutPlan;
  readonly planRevision: number;
  readonly state: RolloutState;
  readonly isOver: boolean;
  readonly look: Look | undefined;
  /** Of the present step. */
  readonly course: readonly CoursePoint[];
  readonly signals: ShownVersions | undefined;
  /** The canary policy that it steers. */
  readonly policy: string;
  readonly steeredAtMs: number;
  readonly stepAtMs: number;
  readonly createdAtMs: number;
  readonly createdBy: string;
  readonly reason: string | undefined;
  readonly endedAtMs: number | undefined;
}

export interface ShownEvent {
  readonly seq: number;
  readonly atMs: number;
  readonly author: string;
  readonly action: RolloutEvent["action"];
  readonly reason: string;
  readonly comment: string | undefined;
  readonly state: RolloutState;
  readonly evidence: Evidence | undefined;
  readonly signals: ShownVersions | undefined;
  /** Of `start` and `replan`. */
  readonly plan: RolloutPlan | undefined;
  readonly policyRevision: number | undefined;
}

export function shownRollout(stored: StoredRollout): ShownRollout {
  const { id, plan, planRevision, state, look, course, signals, policy } = stored;
  return {
    ...{ id, plan, planRevision, state, isOver: hasEnded(state), look, course, policy },
    signals: signals && shownVersions(signals),
    steeredAtMs: stored.steered.at.getTime(),
    stepAtMs: stored.stepAt.getTime(),
    createdAtMs: stored.createdAt.getTime(),
    createdBy: stored.createdBy,
    reason: stored.reason,
    endedAtMs: stored.endedAt?.getTime(),
  };
}

export function shownEvent(event: RolloutEvent): ShownEvent {
  const { at, signals, ...rest } = event;
  return { ...rest, atMs: at.getTime(), signals: signals && shownVersions(signals) };
}

function shownVersions({ fromMs, toMs, canary, baseline }: VersionSignals): ShownVersions {
  return { fromMs, toMs, canary: shownSignals(canary), baseline: shownSignals(baseline) };
}

function shownSignals({ requests, failures, durations }: Signals): ShownSignals {
  const at = (q: number) => (requests > 0 ? quantile(durations, q) : undefined);
  return { requests, failures, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
