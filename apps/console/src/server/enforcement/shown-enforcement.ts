import { type ModeSwitch, quantile } from "@weir/domain";
import {
  type CallerActs,
  type GuardBudget,
  type GuardCheck,
  guardChecks,
  newCallers,
  type PolicyPrediction,
  type Prediction,
  type ServiceSignals,
} from "@weir/rollout";
import type { EnforcementEvent, EnforcementHead, EnforcementPhase, StoredEnforcement } from "@weir/store";

/** Golden signals of a service, without their histogram. */
export interface ShownSignals {
  readonly namespace: string;
  readonly service: string;
  readonly requests: number;
  readonly failures: number;
  /** Milliseconds; absent without requests. */
  readonly p99Ms?: number | undefined;
}

export interface ShownPrediction {
  readonly fromMs: number;
  readonly toMs: number;
  readonly policies: readonly PolicyPrediction[];
  readonly services: readonly ShownSignals[];
}

/** One line of a list. */
export interface EnforcementLine {
  readonly id: number;
  readonly at: ModeSwitch;
  readonly phase: EnforcementPhase;
  /** What the guard last said, or how it ended. */
  readonly reason?: string | undefined;
  readonly createdAtMs: number;
  readonly createdBy: string;
  readonly endedAtMs?: number | undefined;
}

export interface ShownEnforcement extends EnforcementLine {
  /** What whoever switched gave as the reason. */
  readonly comment?: string | undefined;
  readonly modeBefore: "observe" | "enforce" | null;
  readonly prediction: ShownPrediction;
  readonly budget?: GuardBudget | undefined;
  /** Absent where nobody watches. */
  readonly progress?: ShownProgress | undefined;
  readonly events: readonly ShownEvent[];
}

export interface ShownProgress {
  readonly watchedMs: number;
  /** Until when requests were counted; absent before the first. */
  readonly toMs?: number | undefined;
  readonly held: boolean;
  readonly lookedAtMs?: number | undefined;
  readonly checks: readonly GuardCheck[];
  readonly services: readonly ShownSignals[];
  /** Whom nobody predicted, by policy. */
  readonly newCallers: readonly { readonly policy: string; readonly caller: CallerActs }[];
}

export interface ShownEvent {
  readonly seq: number;
  readonly atMs: number;
  readonly author: string;
  readonly action: EnforcementEvent["action"];
  readonly reason: string;
  readonly comment?: string | undefined;
  readonly checks: readonly GuardCheck[];
}

export function enforcementLine({ id, at, phase, look, ...stored }: EnforcementHead): EnforcementLine {
  return {
    ...{ id, at, phase, reason: look?.reason, createdAtMs: stored.createdAt.getTime() },
    ...{ createdBy: stored.createdBy, endedAtMs: stored.endedAt?.getTime() },
  };
}

export function shownEnforcement(
  stored: StoredEnforcement,
  events: readonly EnforcementEvent[],
): ShownEnforcement {
  return {
    ...enforcementLine(stored),
    ...{ comment: stored.reason, modeBefore: stored.modeBefore, budget: stored.budget },
    prediction: shownPrediction(stored.prediction),
    progress: progressOf(stored),
    events: events.map(({ seq, at, author, action, reason, comment, checks }) => ({
      ...{ seq, atMs: at.getTime(), author, action, reason, comment, checks },
    })),
  };
}

export function shownPrediction({ services, ...prediction }: Prediction): ShownPrediction {
  return { ...prediction, services: services.map(shownSignals) };
}

function progressOf({ prediction, budget, progress, look }: StoredEnforcement): ShownProgress | undefined {
  if (budget === undefined || progress === undefined) return undefined;
  const { watchedMs, toMs, held } = progress;
  return {
    ...{
      watchedMs,
      toMs,
      held,
      lookedAtMs: look?.atMs,
      checks: guardChecks({ prediction, budget }, progress),
    },
    services: progress.services.map(shownSignals),
    newCallers: prediction.policies.flatMap((policy, at) =>
      newCallers(policy, progress.policies[at]!).map((caller) => ({
        policy: `${policy.namespace}/${policy.name}`,
        caller,
      })),
    ),
  };
}

function shownSignals({ durations, ...signals }: ServiceSignals): ShownSignals {
  const p99 = quantile(durations, 0.99);
  return { ...signals, p99Ms: p99 === undefined ? undefined : p99 * 1_000 };
}
