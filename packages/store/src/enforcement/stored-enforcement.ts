import { Mode, type ModeSwitch } from "@weir/domain";
import { type GuardCheck, type Prediction, StoredGuardBudget, type WatchProgress } from "@weir/rollout";
import type { Enforcement, EnforcementEvent as EventRow } from "../generated/client.ts";
import type {
  EnforcementEvent,
  EnforcementHead,
  EnforcementPhase,
  StoredEnforcement,
} from "./enforcement-store.ts";

/** An enforcement as its row has it. */
export function storedEnforcement(row: Enforcement): StoredEnforcement {
  return {
    ...enforcementHead(row),
    modeBefore: row.modeBefore === null ? null : Mode.parse(row.modeBefore),
    prediction: row.prediction as unknown as Prediction,
    budget: row.budget === null ? undefined : StoredGuardBudget.parse(row.budget),
    progress: (row.progress as WatchProgress | null) ?? undefined,
    changes: row.changes,
    policyRevision: row.policyRevision ?? undefined,
    reason: row.reason ?? undefined,
  };
}

/** Columns that a line about it is made of. */
export const headColumns = {
  ...{ id: true, scope: true, namespace: true, name: true, phase: true, look: true },
  ...{ createdAt: true, createdBy: true, endedAt: true },
} as const;

export function enforcementHead(row: Pick<Enforcement, keyof typeof headColumns>): EnforcementHead {
  return {
    id: row.id,
    at: switchOf(row),
    phase: row.phase as EnforcementPhase,
    look: (row.look as EnforcementHead["look"] | null) ?? undefined,
    createdAt: row.createdAt,
    createdBy: row.createdBy,
    endedAt: row.endedAt ?? undefined,
  };
}

export function storedEvent(row: EventRow): EnforcementEvent {
  return {
    seq: row.seq,
    at: row.at,
    author: row.author,
    action: row.action as EnforcementEvent["action"],
    reason: row.reason,
    comment: row.comment ?? undefined,
    checks: row.checks as unknown as GuardCheck[],
    progress: (row.progress as WatchProgress | null) ?? undefined,
  };
}

/** Columns that name a switch. */
export function switchColumns(at: ModeSwitch): { scope: string; namespace: string; name: string } {
  if (at.scope === "mesh") return { scope: "mesh", namespace: "", name: "" };
  if (at.scope === "namespace") return { scope: "namespace", namespace: at.name, name: "" };
  return { scope: at.scope, namespace: at.namespace, name: at.name };
}

function switchOf({ scope, namespace, name }: Pick<Enforcement, "scope" | "namespace" | "name">): ModeSwitch {
  if (scope === "mesh") return { scope: "mesh" };
  if (scope === "namespace") return { scope: "namespace", name: namespace };
  return { scope: scope as "service" | "policy", namespace, name };
}
