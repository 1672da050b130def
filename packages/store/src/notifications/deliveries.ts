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
    answer: row.answer ?? undefined,
    error: row.error ?? undefined,
  };
}

/** The first of each queue where it is due; those of paused targets wait, tests go out all the same. */
export function dueDeliveries(database: ConfigDatabase, queue?: string): Promise<DueDelivery[]> {
  return database.query(async (prisma) => {
    const rows = await prisma.$queryRaw<DueRow[]>`
      WITH head AS (
        SELECT DISTINCT ON (queue) * FROM delivery
        WHERE state = 'waiting' AND (${queue ?? null}::text IS NULL OR queue = ${queue ?? null}::text)
        ORDER BY queue, id
      )
      SELECT h.id, h.queue, h.attempts, h.hook, starts_with(h.queue, 'test ') AS "isTest",
        (extract(epoch FROM now() - n.at) * 1000)::float8 AS "ageMs",
        t.name, t.url, t.format, t.secret,
        n.uid, n.at, n.topic, n.type, n.severity, n.title, n.text, n.path, n.data
      FROM head h JOIN notification n ON n.id = h.notification_id
        LEFT JOIN notification_target t ON t.id = h.target_id
      WHERE h.next_attempt_at <= now() AND (NOT COALESCE(t.paused, false) OR starts_with(h.queue, 'test '))
      ORDER BY h.id`;
    return rows.map(dueOf);
  });
}

type DueRow = Pick<DueDelivery, "id" | "queue" | "attempts" | "isTest" | "ageMs"> &
  DueDelivery["notification"] & {
    readonly hook: RolloutHook | null;
    readonly name: string;
    readonly url: string;
    readonly format: DueDelivery["to"]["format"];
    readonly secret: string | null;
  };

function dueOf(row: DueRow): DueDelivery {
  const { id, queue, attempts, isTest, ageMs, hook, name, url, format, secret, ...notification } = row;
  const to = hook
    ? { ...hook, format: "json" as const, secret: hook.secret }
    : { name, url, format, secret: secret ?? undefined, timeoutMs: undefined };
  return { id, queue, attempts, isTest, ageMs, to, notification };
}

/** How much of an answer is kept, in characters. */
const keptAnswer = 500;

export function recordAttempt(database: ConfigDatabase, id: number, attempt: DeliveryAttempt): Promise<void> {
  const { outcome, status, answer, error } = attempt;
  const state = typeof outcome === "string" ? outcome : "waiting";
  const retryMs = typeof outcome === "string" ? 0 : outcome.retryMs;
  return database.query(async (prisma) => {
    await prisma.$executeRaw`
      UPDATE delivery SET state = ${state}, attempts = attempts + 1, attempted_at = now(),
        next_attempt_at = now() + ${retryMs}::float8 * interval '1 millisecond',
        status = ${status ?? null}, answer = ${storable(answer)}, error = ${storable(error)}
      WHERE id = ${id}`;
  });
}

/** What a stranger answered may hold what Postgres takes no text with. */
function storable(text: string | undefined): string | null {
  return text?.slice(0, keptAnswer).replaceAll("\0", "\uFFFD").toWellFormed() ?? null;
}

/** Of one queue; the oldest beyond these are given up. */
const mostWaiting = 1_000;

export function trimDeliveries(database: ConfigDatabase): Promise<number> {
  return database.write(async (transaction) => {
    await transaction.$executeRaw`DELETE FROM notification WHERE at < now() - interval '30 days'`;
    const old = await transaction.$executeRaw`
      UPDATE delivery d SET state = 'failed', error = concat_ws(', ', 'given up after a day', d.error)
      FROM notification n
      WHERE d.state = 'waiting' AND n.id = d.notification_id AND n.at < now() - interval '1 day'`;
    const many = await transaction.$executeRaw`
      UPDATE delivery d SET state = 'failed',
        error = concat_ws(', ', ${`given up: ${mostWaiting} newer ones wait`}::text, d.error)
      FROM (SELECT id, row_number() OVER (PARTITION BY queue ORDER BY id DESC) AS place
        FROM delivery WHERE state = 'waiting') waiting
      WHERE waiting.id = d.id AND waiting.place > ${mostWaiting}`;
    return old + many;
  });
}
