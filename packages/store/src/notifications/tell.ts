import { type Notification, notificationSeverities } from "@weir/domain";
import type { Transaction } from "../config/config-database.ts";
import type { RolloutHook, Telling } from "./notification-store.ts";

/**
 * Puts a notification into the outbox, one delivery for each target that wants it; where nobody does, nothing is written.
 * Within the transaction of what is told of: neither is there without the other.
 */
export async function tell(transaction: Transaction, telling: Telling): Promise<void> {
  const { topic, severity } = telling;
  const wanting = await transaction.$queryRaw<{ id: number }[]>`
    SELECT id FROM notification_target
    WHERE NOT paused AND ${topic} = ANY(topics)
      AND array_position(${[...notificationSeverities]}::text[], ${severity}::text)
        >= array_position(${[...notificationSeverities]}::text[], least_severity)
    ORDER BY id FOR KEY SHARE`; // a target that is removed meanwhile must not undo what is told of
  if (wanting.length === 0) return;
  const id = await insert(transaction, telling);
  if (id === undefined) return;
  await transaction.delivery.createMany({
    data: wanting.map((target) => ({
      notificationId: id,
      targetId: target.id,
      queue: `target ${target.id}`,
    })),
  });
}

/** To the webhooks of a rollout's plan, each a queue of its own. */
export async function tellHooks(
  transaction: Transaction,
  notification: Notification,
  rolloutId: number,
  hooks: readonly RolloutHook[],
): Promise<void> {
  if (hooks.length === 0) return;
  const id = await insert(transaction, notification);
  if (id === undefined) return;
  await transaction.delivery.createMany({
    data: hooks.map(({ name, url, secret, timeoutMs }) => ({
      ...{ notificationId: id, queue: `rollout ${rolloutId} ${name}` },
      hook: { name, url, timeoutMs, ...(secret === undefined ? {} : { secret }) },
    })),
  });
}

/** To one target, in a queue of its own, so that it waits for nothing. */
export async function tellTarget(
  transaction: Transaction,
  notification: Notification,
  targetId: number,
): Promise<number> {
  const id = await insert(transaction, notification);
  const { id: deliveryId } = await transaction.delivery.create({
    data: { notificationId: id ?? 0, targetId, queue: `test ${id}` },
  });
  return deliveryId;
}

/** @returns undefined where it was told already. */
async function insert(transaction: Transaction, telling: Telling): Promise<number | undefined> {
  const { topic, type, severity, title, text, path, data, once } = telling;
  const [row] = await transaction.$queryRaw<{ id: number }[]>`
    INSERT INTO notification (topic, type, severity, title, text, path, data, once)
    VALUES (${topic}, ${type}, ${severity}, ${title}, ${text}, ${path}, ${JSON.stringify(data)}::jsonb, ${once ?? null})
    ON CONFLICT (once) DO NOTHING RETURNING id`;
  return row?.id;
}
