import { canaryOf, hasEnded, type RolloutPlan, type RolloutState } from "@weir/rollout";
import type { ChangeContext } from "../config/change-config.ts";
import type { Transaction } from "../config/config-database.ts";
import { NotFound } from "../config/not-found.ts";
import { revisePolicy } from "../config/revise-policy.ts";
import type { Rollout } from "../generated/client.ts";
import { recordEvent } from "./record-event.ts";
import type { CoursePoint, KeptAnalysis, Look, RolloutEvent, StoredRollout } from "./rollout-store.ts";
import { rolloutSummary } from "./rollout-summary.ts";
import { storedJson, storedText } from "./stored-json.ts";
import { rolloutLabel, storedRollout } from "./stored-rollout.ts";
import { tellPlanWebhooks } from "./tell-plan-webhooks.ts";

/** Another state of a rollout, and what is kept of how it came to it. */
export interface Moved extends Pick<RolloutEvent, "action" | "author" | "reason" | "comment" | "state"> {
  readonly at: Date;
  /** Of an edit. */
  readonly plan?: RolloutPlan;
  /** Of a look; without one the newest there is was known when it was decided. */
  readonly taken?: {
    readonly look: Look;
    readonly analysis: KeptAnalysis;
    readonly course: readonly CoursePoint[];
    readonly signals: StoredRollout["signals"];
  };
}

/**
 * Stores another state with all that follows from it: the policy's next revision where traffic changes, the stable version
 * where the rollout has succeeded, the event and the audit entry.
 */
export async function changeRollout(
  context: ChangeContext,
  rollout: StoredRollout,
  moved: Moved,
): Promise<StoredRollout> {
  const { transaction } = context;
  const { author, at, state } = moved;
  const plan = moved.plan ?? rollout.plan;
  const reason = await withStableVersion(transaction, plan, state, storedText(moved.reason));
  const policy = await revisePolicy(context, canaryOf(plan, state, rollout.policy), { author, reason });
  const after = await storeState(context, rollout, moved, policy.isNew ? policy.revision : undefined);
  const event = await recordEvent(context, rollout.id, {
    ...{ at, author, action: moved.action, reason, comment: moved.comment, state, plan: moved.plan },
    evidence: (moved.taken?.look ?? rollout.look)?.evidence,
    signals: moved.taken ? moved.taken.signals : rollout.signals,
    policyRevision: policy.isNew ? policy.revision : undefined,
  });
  const change = {
    ...{ action: `rollout.${moved.action}`, subject: rolloutLabel(plan) },
    ...{ before: rolloutSummary(rollout), after: { ...rolloutSummary(after), reason, event } },
  };
  context.record(change);
  await tellPlanWebhooks(
    context,
    { id: rollout.id, checks: plan.checks, phase: state.phase },
    {
      ...change,
      author,
      reason: moved.comment,
    },
  );
  return after;
}

/** As {@link rolloutRowToChange}. @throws NotFound, ValidationError where its plan cannot be read. */
export async function rolloutToChange(transaction: Transaction, id: number): Promise<StoredRollout> {
  return storedRollout(await rolloutRowToChange(transaction, id));
}

/**
 * Reads a rollout for a change of it: whoever else would store a state waits until this one is stored.
 * @throws NotFound
 */
export async function rolloutRowToChange(transaction: Transaction, id: number): Promise<Rollout> {
  await transaction.$queryRaw`SELECT 1 FROM rollout WHERE id = ${id} FOR UPDATE`;
  const row = await transaction.rollout.findUnique({ where: { id } });
  if (!row) throw new NotFound(`rollout ${id}`);
  return row;
}

/** Where a rollout has succeeded, observing and holding mean the new version from now on. @returns the reason, saying so. */
async function withStableVersion(
  transaction: Transaction,
  { namespace, targetRef, canary }: RolloutPlan,
  { phase }: RolloutState,
  reason: string,
): Promise<string> {
  if (phase !== "succeeded") return reason;
  await transaction.service.updateMany({
    where: { name: targetRef, namespace: { name: namespace } },
    data: { stableVersion: canary },
  });
  return `${reason}. ${canary} is the stable version of ${targetRef} from now on`;
}

/** One statement: a rollout that is over cannot be changed once more. */
async function storeState(
  { transaction, revision: configRevision }: ChangeContext,
  rollout: StoredRollout,
  { state, at, plan, taken }: Moved,
  policyRevision: number | undefined,
): Promise<StoredRollout> {
  const isEntered = state.step !== rollout.state.step;
  const { course, signals } = isEntered ? { course: [], signals: undefined } : (taken ?? rollout);
  const look = taken?.look ?? rollout.look;
  const { steered } = rollout;
  const now = policyRevision === undefined ? steered : { policyRevision, configRevision, at };
  await transaction.$executeRaw`
    UPDATE rollout SET
      plan = ${storedJson(plan ?? rollout.plan)}::jsonb,
      plan_revision = ${rollout.planRevision + (plan === undefined ? 0 : 1)}::int,
      state = ${storedJson(state)}::jsonb, changes = ${state.changes}::int,
      analysis = ${JSON.stringify(taken?.analysis ?? rollout.analysis)},
      look = ${look === undefined ? null : storedJson(look)}::jsonb,
      course = ${storedJson(course)}::jsonb,
      signals = ${signals === undefined ? null : storedJson(signals)}::jsonb,
      policy_revision = ${now.policyRevision}::int, config_revision = ${now.configRevision}::int,
      steered_at = ${now.at}, step_at = ${isEntered ? at : rollout.stepAt},
      ended_at = ${hasEnded(state) ? at : null}
    WHERE id = ${rollout.id}::int`;
  return storedRollout(await transaction.rollout.findUniqueOrThrow({ where: { id: rollout.id } }));
}
