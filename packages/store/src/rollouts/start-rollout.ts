import { parseOrThrow, StorableJson, ValidationError } from "@weir/domain";
import {
  analysisSettings,
  canaryOf,
  RolloutPlan,
  type RolloutState,
  startAnalysis,
  startFindings,
  startRollout as startState,
  stepWords,
} from "@weir/rollout";
import { changeConfig } from "../config/change-config.ts";
import type { ConfigDatabase } from "../config/config-database.ts";
import type { Change } from "../config/config-store.ts";
import { databaseNow } from "../config/database-now.ts";
import { revisePolicy } from "../config/revise-policy.ts";
import { recordEvent } from "./record-event.ts";
import type { StoredRollout } from "./rollout-store.ts";
import { rolloutSummary } from "./rollout-summary.ts";
import { readStartingPoint } from "./starting-point.ts";
import { storedJson, storedText } from "./stored-json.ts";
import { rolloutLabel, storedRollout } from "./stored-rollout.ts";
import { tellPlanWebhooks } from "./tell-plan-webhooks.ts";

export async function startRollout(
  database: ConfigDatabase,
  input: RolloutPlan,
  change: Change,
): Promise<StoredRollout> {
  const plan = parseOrThrow(RolloutPlan, input, "rollout plan");
  parseOrThrow(StorableJson, plan, "rollout plan");
  return changeConfig(database, change, async (context) => {
    const { transaction, revision: configRevision, record } = context;
    const from = await readStartingPoint(transaction, plan);
    const findings = startFindings(plan, from);
    if (findings.some(({ severity }) => severity === "error"))
      throw new ValidationError(rolloutLabel(plan), findings);
    const state = startState((await databaseNow(transaction)).getTime());
    const [goesOnFrom] = from.canaries;
    const policy = goesOnFrom?.name ?? plan.name;
    const reason = startWords(plan, goesOnFrom?.name);
    const { revision } = await revisePolicy(context, canaryOf(plan, state, policy), { ...change, reason });
    const row = await transaction.rollout.create({
      data: {
        ...{ namespace: plan.namespace, service: plan.targetRef, policy, policyRevision: revision },
        ...{ plan: JSON.parse(storedJson(plan)), state: JSON.parse(storedJson(state)), configRevision },
        analysis: JSON.stringify(startAnalysis(analysisSettings(plan))),
        ...momentsOf(state),
        ...{
          createdBy: change.author,
          reason: change.reason === undefined ? null : storedText(change.reason),
        },
      },
    });
    const rollout = storedRollout(row);
    const event = await recordEvent(context, rollout.id, {
      ...{ at: rollout.createdAt, author: change.author, action: "start", reason, comment: change.reason },
      ...{ state, evidence: undefined, signals: undefined, plan, policyRevision: revision },
    });
    const after = { ...rolloutSummary(rollout), reason, event };
    const started = { action: "rollout.start", subject: rolloutLabel(plan), before: undefined, after };
    record(started);
    const { author, reason: comment } = change;
    await tellPlanWebhooks(
      context,
      { id: rollout.id, checks: plan.checks, phase: state.phase },
      {
        ...started,
        author,
        reason: comment,
      },
    );
    return rollout;
  });
}

function momentsOf({ seenMs }: RolloutState) {
  const at = new Date(seenMs);
  return { createdAt: at, stepAt: at, steeredAt: at };
}

function startWords({ baseline, canary, steps }: RolloutPlan, goesOnFrom: string | undefined): string {
  const first = steps[0] === undefined ? "" : stepWords(steps[0]);
  const from = goesOnFrom === undefined ? "" : `, going on from canary policy ${goesOnFrom}`;
  return `${canary} begins to take over from ${baseline}: ${first}${from}`;
}
