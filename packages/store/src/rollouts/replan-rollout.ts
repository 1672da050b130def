import { isDeepStrictEqual } from "node:util";
import { parseOrThrow, StorableJson, ValidationError } from "@weir/domain";
import { hasEnded, RolloutPlan, replanFindings } from "@weir/rollout";
import { changeConfig } from "../config/change-config.ts";
import type { ConfigDatabase, Transaction } from "../config/config-database.ts";
import { databaseNow } from "../config/database-now.ts";
import { changeRollout, rolloutToChange } from "./change-rollout.ts";
import { RolloutRefused } from "./rollout-refused.ts";
import type { ReplanChange, StoredRollout } from "./rollout-store.ts";
import { StalePlan } from "./stale-plan.ts";
import { rolloutLabel } from "./stored-rollout.ts";

export async function replanRollout(
  database: ConfigDatabase,
  id: number,
  input: RolloutPlan,
  change: ReplanChange,
): Promise<StoredRollout> {
  const plan = parseOrThrow(RolloutPlan, input, "rollout plan");
  parseOrThrow(StorableJson, plan, "rollout plan");
  return changeConfig(database, change, async (context) => {
    const rollout = await rolloutToChange(context.transaction, id);
    const { state, planRevision } = rollout;
    if (hasEnded(state)) throw new RolloutRefused("the rollout is over");
    if (isDeepStrictEqual(JSON.parse(JSON.stringify(plan)), JSON.parse(JSON.stringify(rollout.plan))))
      return rollout;
    if (change.expectedPlanRevision !== planRevision)
      throw new StalePlan(
        ...([change.expectedPlanRevision, await planAt(context.transaction, id, change)] as const),
        ...([rollout.plan, planRevision] as const),
      );
    const findings = replanFindings(rollout.plan, plan, state.step);
    if (findings.length > 0) throw new ValidationError(rolloutLabel(plan), findings);
    return changeRollout(context, rollout, {
      ...{ action: "replan", author: change.author, plan, comment: change.reason },
      at: await databaseNow(context.transaction),
      reason: `the plan was changed by hand: ${plan.steps.length} steps, revision ${planRevision + 1}`,
      // Whoever decided on the plan before decides again.
      state: { ...state, changes: state.changes + 1 },
    });
  });
}

/** The plan as an earlier revision had it: the start's, or a later edit's. */
async function planAt(
  transaction: Transaction,
  rolloutId: number,
  { expectedPlanRevision }: ReplanChange,
): Promise<RolloutPlan | undefined> {
  const plans = await transaction.rolloutEvent.findMany({
    where: { rolloutId, action: { in: ["start", "replan"] } },
    orderBy: { seq: "asc" },
    select: { plan: true },
  });
  const plan = plans[expectedPlanRevision - 1]?.plan;
  return plan == null ? undefined : parseOrThrow(RolloutPlan, plan, "stored plan of an event");
}
