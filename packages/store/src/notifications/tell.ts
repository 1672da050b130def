import { type Notification, type NotificationTarget, notificationSeverities } from "@weir/domain";
import type { Transaction } from "../config/config-database.ts";
import { storedJson } from "../rollouts/stored-json.ts";
import type { RolloutHook, Telling } from "./notification-store.ts";

/**
 * Puts notifications into the outbox, one delivery of each for every target that wants it; where nobody does, nothing is
 * written. Within the transaction of what is told of: neither is there without the other. However many there are, it takes two
 * statements, so that nobody else waits for long.
 */
export async function tell(transaction: Transaction, ...tellings: readonly Telling[]): Promise<void> {
  const targets = await transaction.$queryRaw<WantingTarget[]>`
    SELECT id, topics, least_severity AS "leastSeverity" FROM notification_target
    WHERE NOT paused ORDER BY id FOR KEY SHARE`; // a target that is removed meanwhile must not undo what is told of
  const wanted = tellings
    .map((telling) => ({ ...telling, targets: targets.filter((target) => wants(target, telling)) }))
    .filter((telling) => telling.targets.length > 0)
    .map((telling) => ({ ...telling, targets: telling.targets.map(({ id }) => id) }));
  if (wanted.length === 0) return;
  await transaction.$executeRaw`
    WITH given AS MATERIALIZED (
      SELECT *, replace(gen_random_uuid()::text, '-', '') AS uid
      FROM ROWS FROM (jsonb_to_recordset(${storedJson(wanted)}::jsonb) AS (topic text, type text, severity text,
        title text, text text, path text, data jsonb, once text, targets int[])) WITH ORDINALITY
    ), told AS (
      INSERT INTO notification (uid, topic, type, severity, title, text, path, data, once)
      SELECT uid, topic, type, severity, title, text, path, data, once FROM given ORDER BY ordinality
      ON CONFLICT (once) DO NOTHING RETURNING id, uid
    )
    INSERT INTO delivery (notification_id, target_id, queue)
    SELECT told.id, target, 'target ' || target
    FROM told JOIN given USING (uid), unnest(given.targets) AS target ORDER BY told.id, target`;
}

type WantingTarget = Pick<NotificationTarget, "topics" | "leastSeverity"> & { readonly id: number };

function wants({ topics, leastSeverity }: WantingTarget, { topic, severity }: Telling): boolean {
  const [given, least] = [severity, leastSeverity].map((name) => notificationSeverities.indexOf(name));
  return topics.includes(topic) && given !== undefined && least !== undefined && given >= least;
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
    data: { notificationId: id, targetId, queue: `test ${id}` },
  });
  return deliveryId;
}

async function insert(transaction: Transaction, notification: Notification): Promise<number> {
  const { topic, type, severity, title, text, path, data } = notification;
  const { id } = await transaction.notification.create({
    data: JSON.parse(storedJson({ topic, type, severity, title, text, path, data })),
    select: { id: true },
  });
  return id;
}
