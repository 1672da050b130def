import { parseOrThrow } from "@weir/domain";
import { RolloutPlan, type RolloutState, unheard } from "@weir/rollout";
import type { Rollout, RolloutEvent as RolloutEventRow } from "../generated/client.ts";
import type { KeptAnalysis, RolloutEvent, StoredRollout } from "./rollout-store.ts";

/** As the database keeps it. The plan is judged again: what this release cannot carry out is refused, never ignored. */
export function storedRollout(row: Rollout): StoredRollout {
  return {
    ...{ id: row.id, planRevision: row.planRevision, policy: row.policy },
    plan: parseOrThrow(RolloutPlan, row.plan, `stored plan of rollout ${row.id}`),
    state: row.state as unknown as RolloutState,
    analysis: storedAnalysis(row.analysis),
    look: (row.look as unknown as StoredRollout["look"] | null) ?? undefined,
    course: row.course as unknown as StoredRollout["course"],
    signals: (row.signals as unknown as StoredRollout["signals"] | null) ?? undefined,
    steered: {
      policyRevision: row.policyRevision,
      configRevision: row.configRevision,
      at: row.steeredAt,
    },
    ...{ stepAt: row.stepAt, createdAt: row.createdAt, createdBy: row.createdBy },
    reason: row.reason ?? undefined,
    endedAt: row.endedAt ?? undefined,
  };
}

/** Whether this release can carry out what its plan says. */
export function canBeRead(row: Rollout): boolean {
  try {
    storedRollout(row);
    return true;
  } catch {
    return false;
  }
}

/** Of a rollout that was begun before it was kept what is heard of, nothing is until it is heard again. */
function storedAnalysis(text: string): KeptAnalysis {
  const kept = JSON.parse(text) as Omit<KeptAnalysis, "heard"> & Partial<Pick<KeptAnalysis, "heard">>;
  return { ...kept, heard: kept.heard ?? unheard };
}

export function storedEvent(row: RolloutEventRow): RolloutEvent {
  return {
    ...{ seq: row.seq, at: row.at, author: row.author, reason: row.reason },
    action: row.action as RolloutEvent["action"],
    comment: row.comment ?? undefined,
    state: row.state as unknown as RolloutState,
    evidence: (row.evidence as unknown as RolloutEvent["evidence"] | null) ?? undefined,
    signals: (row.signals as unknown as RolloutEvent["signals"] | null) ?? undefined,
    plan: RolloutPlan.safeParse(row.plan).data,
    policyRevision: row.policyRevision ?? undefined,
  };
}

/** What it is called in the audit and in messages. */
export function rolloutLabel({ namespace, targetRef }: Pick<RolloutPlan, "namespace" | "targetRef">): string {
  return `rollout/${namespace}/${targetRef}`;
}
