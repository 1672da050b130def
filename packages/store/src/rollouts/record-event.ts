import type { ChangeContext } from "../config/change-config.ts";
import type { RolloutEvent } from "./rollout-store.ts";
import { storedJson, storedText } from "./stored-json.ts";

/** Keeps an event for ever, as the rollout's next. @returns its number. */
export async function recordEvent(
  { transaction, revision }: ChangeContext,
  rolloutId: number,
  event: Omit<RolloutEvent, "seq">,
): Promise<number> {
  const { at, author, action, reason, comment, state, evidence, signals, plan, policyRevision } = event;
  const orNull = (value: unknown) => (value === undefined ? null : storedJson(value));
  const [row] = await transaction.$queryRaw<{ seq: number }[]>`
    INSERT INTO rollout_event (rollout_id, seq, at, author, action, reason, comment, state, evidence, signals, plan,
      policy_revision, config_revision)
    SELECT ${rolloutId}::int, COALESCE(max(seq), 0) + 1, ${at}, ${author}, ${action}, ${reason},
      ${comment === undefined ? null : storedText(comment)}, ${storedJson(state)}::jsonb, ${orNull(evidence)}::jsonb,
      ${orNull(signals)}::jsonb, ${orNull(plan)}::jsonb, ${policyRevision ?? null}::int, ${revision}::int
    FROM rollout_event WHERE rollout_id = ${rolloutId}::int RETURNING seq`;
  return row?.seq ?? 0;
}
