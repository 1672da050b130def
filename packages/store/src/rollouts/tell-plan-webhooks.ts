import { type AuditedChange, notificationOfChange } from "@weir/domain";
import type { PlanWebhook, RolloutPlan, RolloutState } from "@weir/rollout";
import type { ChangeContext } from "../config/change-config.ts";
import { tellHooks } from "../notifications/tell.ts";

/** Puts what became of a rollout into the outbox for the plan's own webhooks, in the transaction of the change. */
export async function tellPlanWebhooks(
  { transaction }: ChangeContext,
  rollout: {
    readonly id: number;
    readonly checks: RolloutPlan["checks"];
    /** As the change leaves it. */
    readonly phase: RolloutState["phase"];
  },
  change: AuditedChange & { readonly author: string; readonly reason: string | undefined },
): Promise<void> {
  const notification = notificationOfChange(change);
  const hooks = rollout.checks.webhooks.filter(({ when }) => isToldOf(when, rollout.phase));
  if (notification) await tellHooks(transaction, notification, rollout.id, hooks);
}

/** A rollout that is over changes no more, so that each of the two is told once. */
function isToldOf(when: PlanWebhook["when"], phase: RolloutState["phase"]): boolean {
  if (when === "rollback") return phase === "rolledBack" || phase === "aborted";
  return when === "event" || (when === "post" && phase === "succeeded");
}
