import { type PolicyOf, Version } from "@weir/domain";
import type { RolloutState } from "@weir/rollout";
import { type ChangeContext, changeConfig } from "../config/change-config.ts";
import type { ConfigDatabase } from "../config/config-database.ts";
import type { Change } from "../config/config-store.ts";
import { databaseNow } from "../config/database-now.ts";
import { revisePolicy } from "../config/revise-policy.ts";
import type { Rollout } from "../generated/client.ts";
import { rolloutRowToChange } from "./change-rollout.ts";
import { recordEvent } from "./record-event.ts";
import { RolloutRefused } from "./rollout-refused.ts";
import type { RolloutEvent } from "./rollout-store.ts";
import { storedJson } from "./stored-json.ts";
import { canBeRead, rolloutLabel, storedEvent } from "./stored-rollout.ts";

/**
 * Ends a rollout whose plan another release has written. Of the plan no more is read than its versions; its own webhooks are
 * part of what cannot be read, and are not told.
 */
export function abortUnreadable(database: ConfigDatabase, id: number, change: Change): Promise<RolloutEvent> {
  return changeConfig(database, change, async (context) => {
    const row = await rolloutRowToChange(context.transaction, id);
    if (row.endedAt !== null) throw new RolloutRefused("the rollout is over");
    if (canBeRead(row)) throw new RolloutRefused("its plan can be read: abort it as any other");
    const at = await databaseNow(context.transaction);
    const policy = allToBaseline(row);
    const reason = wordsOf(row, policy);
    const revised = policy && (await revisePolicy(context, policy, { author: change.author, reason }));
    const policyRevision = revised?.isNew ? revised.revision : undefined;
    const before = row.state as unknown as RolloutState;
    const state: RolloutState = {
      ...before,
      ...{ phase: "aborted", changes: row.changes + 1, seenMs: at.getTime() },
    };
    await storeEnd(context, row, { state, at, policyRevision });
    const seq = await recordEvent(context, id, {
      ...{ at, author: change.author, action: "abort", reason, comment: change.reason, state },
      ...{ evidence: undefined, signals: undefined, plan: undefined, policyRevision },
    });
    const told = { targetRef: row.service, rollout: id };
    context.record({
      ...{ action: "rollout.abort", subject: rolloutLabel({ ...row, targetRef: row.service }) },
      before: { ...told, phase: before.phase },
      after: { ...told, phase: state.phase, ...(policy && { weight: 0 }), reason, event: seq },
    });
    return storedEvent(
      await context.transaction.rolloutEvent.findUniqueOrThrow({
        where: { rolloutId_seq: { rolloutId: id, seq } },
      }),
    );
  });
}

/** Undefined where it isn't known which version the baseline is. Nor need the canary be known. */
function allToBaseline({ namespace, service, policy: name, plan }: Rollout): PolicyOf<"canary"> | undefined {
  const { baseline, canary } = plan as { readonly baseline?: unknown; readonly canary?: unknown };
  const [all, none] = [Version.safeParse(baseline).data, Version.safeParse(canary).data];
  if (all === undefined) return undefined;
  return {
    ...{ kind: "canary", name, namespace, targetRef: service, mode: "enforce" },
    backends: [
      { version: all, weight: 100 },
      ...(none === undefined || none === all ? [] : [{ version: none, weight: 0 }]),
    ],
  };
}

function wordsOf({ policy: name }: Rollout, policy: PolicyOf<"canary"> | undefined): string {
  const why = "its plan cannot be read by this release";
  return policy
    ? `back to the baseline by hand, ${why}: all requests go to ${policy.backends[0]?.version}`
    : `ended by hand, ${why}, nor which version is its baseline: canary policy ${name} stays as it is`;
}

/** What another release wrote stays as it is. */
async function storeEnd(
  { transaction, revision: configRevision }: ChangeContext,
  { id, ...row }: Rollout,
  ended: {
    readonly state: RolloutState;
    readonly at: Date;
    readonly policyRevision: number | undefined;
  },
): Promise<void> {
  const { state, at, policyRevision } = ended;
  const steered =
    policyRevision === undefined
      ? { policyRevision: row.policyRevision, configRevision: row.configRevision, at: row.steeredAt }
      : { policyRevision, configRevision, at };
  await transaction.$executeRaw`
    UPDATE rollout SET state = ${storedJson(state)}::jsonb, changes = ${state.changes}::int,
      policy_revision = ${steered.policyRevision}::int, config_revision = ${steered.configRevision}::int,
      steered_at = ${steered.at}, ended_at = ${at}
    WHERE id = ${id}::int`;
}
