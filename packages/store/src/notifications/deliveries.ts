import type { Notification } from "@weir/domain";
import type { ConfigDatabase, Transaction } from "../config/config-database.ts";
import type { DeliveryAttempt, DueDelivery, RolloutHook, ShownDelivery } from "./notification-store.ts";

export function getDelivery(database: ConfigDatabase, id: number): Promise<ShownDelivery | undefined> {
  return database.query(async (prisma) => {
    const row = await prisma.delivery.findUnique({ where: { id }, include: { notification: true } });
    return row ? shown(row) : undefined;
  });
}

export function listDeliveries(
  database: ConfigDatabase,
  targetId: number,
  limit: number,
): Promise<ShownDelivery[]> {
  return database.query(async (prisma) => {
    const rows = await prisma.delivery.findMany({
      where: { targetId },
      orderBy: { id: "desc" },
      take: limit,
      include: { notification: true },
    });
    return rows.map(shown);
  });
}

type DeliveryRow = Awaited<ReturnType<Transaction["delivery"]["findMany"]>>[number] & {
  readonly notification: Awaited<ReturnType<Transaction["notification"]["findMany"]>>[number];
};

function shown({ notification, ...row }: DeliveryRow): ShownDelivery {
  const { at, type, severity, title } = notification;
  return {
    ...{ id: row.id, at, type, title, attempts: row.attempts },
    severity: severity as Notification["severity"],
    state: row.state as ShownDelivery["state"],
    attemptedAt: row.attemptedAt ?? undefined,
    nextAttemptAt: row.state === "waiting" ? row.nextAttemptAt : undefined,
    status: row.status ?? undefined,
    error: row.error ?? undefined,
  };
}

/**
 * The first of each queue where it is due; those of paused targets wait, tests go out all the same. Nobody waits for more than
 * an hour, so that one that seems to was told by a clock that was put back since.
 */
export function dueDeliveries(database: ConfigDatabase, queue?: string): Promise<DueDelivery[]> {
  return database.query(async (prisma) => {
    const rows = await prisma.$queryRaw<DueRow[]>`
      WITH head AS (
        SELECT DISTINCT ON (queue) * FROM delivery
        WHERE state = 'waiting' AND (${queue ?? null}::text IS NULL OR queue = ${queue ?? null}::text)
        ORDER BY queue, id
      )
      SELECT h.id, h.queue, h.attempts, h.hook, starts_with(h.queue, 'test ') AS "isTest",
        (extract(epoch FROM now() - h.waiting_since) * 1000)::float8 AS "waitedMs",
        t.name, t.url, t.format, t.secret,
        n.uid, n.at, n.topic, n.type, n.severity, n.title, n.text, n.path, n.data
      FROM head h JOIN notification n ON n.id = h.notification_id
        LEFT JOIN notification_target t ON t.id = h.target_id
      WHERE (h.next_attempt_at <= now() OR h.next_attempt_at > now() + interval '61 minutes')
        AND (NOT COALESCE(t.paused, false) OR starts_with(h.queue, 'test '))
      ORDER BY h.id`;
    return rows.map(dueOf);
  });
}

type DueRow = Pick<DueDelivery, "id" | "queue" | "attempts" | "isTest" | "waitedMs"> &
  DueDelivery["notification"] & {
    readonly hook: RolloutHook | null;
    readonly name: string;
    readonly url: string;
    readonly format: DueDelivery["to"]["format"];
    readonly secret: string | null;
  };

function dueOf(row: DueRow): DueDelivery {
  const { id, queue, attempts, isTest, waitedMs, hook, name, url, format, secret, ...notification } = row;
  const to = hook
    ? { ...hook, format: "json" as const, secret: hook.secret }
    : { name, url, format, secret: secret ?? undefined, timeoutMs: undefined };
  return { id, queue, attempts, isTest, waitedMs, to, notification };
}

/** How much is kept of why an attempt failed, in characters. */
const keptError = 500;

/**
 * May be made twice, for a connection that broke, and by two controllers of which one does not know yet that the other is on
 * duty: the attempts are those there were and one more, and what was delivered stays so.
 */
export function recordAttempt(
  database: ConfigDatabase,
  { id, attempts }: Pick<DueDelivery, "id" | "attempts">,
  { outcome, status, error }: DeliveryAttempt,
): Promise<void> {
  const state = typeof outcome === "string" ? outcome : "waiting";
  const retryMs = typeof outcome === "string" ? 0 : outcome.retryMs;
  return database.query(async (prisma) => {
    await prisma.$executeRaw`
      UPDATE delivery SET state = ${state}, attempts = ${attempts + 1}::int, attempted_at = now(),
        next_attempt_at = now() + ${retryMs}::float8 * interval '1 millisecond',
        status = ${status ?? null}, error = ${storable(error)}
      WHERE id = ${id}::int AND (state = 'waiting' AND attempts = ${attempts}::int OR state <> 'delivered' AND ${state} = 'delivered')`;
  });
}

/** What is known of a stranger may hold what Postgres takes no text with. */
function storable(text: string | undefined): string | null {
  return text?.slice(0, keptError).replaceAll("\0", "\uFFFD").toWellFormed() ?? null;
}

/** Of one queue; the oldest beyond these are given up. */
const mostWaiting = 1_000;

export function trimDeliveries(database: ConfigDatabase): Promise<number> {
  return database.write(async (transaction) => {
    await transaction.$executeRaw`DELETE FROM notification WHERE at < now() - interval '30 days'`;
    const old = await transaction.$executeRaw`
      UPDATE delivery d SET state = 'failed', error = concat_ws(', ', 'given up after a day', d.error)
      WHERE d.state = 'waiting' AND d.waiting_since < now() - interval '1 day'
        AND (starts_with(d.queue, 'test ')
          OR NOT EXISTS (SELECT 1 FROM notification_target t WHERE t.id = d.target_id AND t.paused))`;
    const many = await transaction.$executeRaw`
      UPDATE delivery d SET state = 'failed',
        error = concat_ws(', ', ${`given up: ${mostWaiting} newer ones wait`}::text, d.error)
      FROM (SELECT id, row_number() OVER (PARTITION BY queue ORDER BY id DESC) AS place
        FROM delivery WHERE state = 'waiting') waiting
      WHERE waiting.id = d.id AND waiting.place > ${mostWaiting}`;
    return old + many;
  });
}
