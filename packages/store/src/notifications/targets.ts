import { randomBytes } from "node:crypto";
import { NotificationTarget, parseOrThrow, ValidationError } from "@weir/domain";
import type { ConfigDatabase, Transaction } from "../config/config-database.ts";
import { NotFound } from "../config/not-found.ts";
import type { DeliveryState, StoredTarget } from "./notification-store.ts";
import { tellTarget } from "./tell.ts";

/** Each is told of everything it wants in a delivery of its own. */
const mostTargets = 100;

interface TargetRow extends Omit<StoredTarget, "last"> {
  readonly lastState: DeliveryState | null;
  readonly attemptedAt: Date | null;
  readonly error: string | null;
}

export function listTargets(database: ConfigDatabase): Promise<StoredTarget[]> {
  return database.query(async (prisma) => {
    const rows = await prisma.$queryRaw<TargetRow[]>`
      SELECT t.id, t.name, t.url, t.format, t.topics, t.least_severity AS "leastSeverity", t.paused,
        t.created_at AS "createdAt", t.created_by AS "createdBy",
        (SELECT count(*)::int FROM delivery d WHERE d.target_id = t.id AND d.state = 'waiting') AS waiting,
        last.state AS "lastState", last.attempted_at AS "attemptedAt", last.error
      FROM notification_target t
      LEFT JOIN LATERAL (
        SELECT state, attempted_at, error FROM delivery
        WHERE target_id = t.id AND attempted_at IS NOT NULL ORDER BY attempted_at DESC LIMIT 1
      ) last ON true
      ORDER BY t.name`;
    return rows.map(({ lastState, attemptedAt, error, ...target }) => ({
      ...target,
      last:
        lastState === null
          ? undefined
          : { state: lastState, attemptedAt: attemptedAt ?? undefined, error: error ?? undefined },
    }));
  });
}

export function addTarget(
  database: ConfigDatabase,
  given: NotificationTarget,
  author: string,
): Promise<{ id: number; secret: string | undefined }> {
  const target = parseOrThrow(NotificationTarget, given, "notification target");
  const secret = target.format === "json" ? newSecret() : undefined;
  return database.write(async (transaction) => {
    await refuseTaken(transaction, target.name, undefined);
    if ((await transaction.notificationTarget.count()) >= mostTargets)
      throw refusal(
        "too-many",
        "",
        `there are ${mostTargets} targets already`,
        "Remove one that nobody needs.",
      );
    const { id } = await transaction.notificationTarget.create({
      data: { ...target, secret: secret ?? null, createdBy: author },
    });
    return { id, secret };
  });
}

/** One that becomes signed without ever having had a secret gets one when it is renewed, and is refused here. */
export function changeTarget(database: ConfigDatabase, id: number, given: NotificationTarget): Promise<void> {
  const target = parseOrThrow(NotificationTarget, given, "notification target");
  return database.write(async (transaction) => {
    await refuseTaken(transaction, target.name, id);
    const before = await transaction.notificationTarget.findUnique({ where: { id } });
    if (!before) throw new NotFound("such notification target");
    if (before.format !== target.format)
      throw refusal(
        "format",
        "format",
        `${before.name} is told in ${before.format}`,
        "Add another target for the other format.",
      );
    await transaction.notificationTarget.update({ where: { id }, data: target });
  });
}

export function pauseTarget(database: ConfigDatabase, id: number, paused: boolean): Promise<void> {
  return database.write(async (transaction) => {
    const { count } = await transaction.notificationTarget.updateMany({ where: { id }, data: { paused } });
    if (count === 0) throw new NotFound("such notification target");
  });
}

export function renewTargetSecret(database: ConfigDatabase, id: number): Promise<string> {
  return database.write(async (transaction) => {
    const secret = newSecret();
    const { count } = await transaction.notificationTarget.updateMany({
      where: { id, format: "json" },
      data: { secret },
    });
    if (count === 0) throw new NotFound("such signed notification target");
    return secret;
  });
}

export function removeTarget(database: ConfigDatabase, id: number): Promise<void> {
  return database.write(async (transaction) => {
    await transaction.notificationTarget.deleteMany({ where: { id } });
  });
}

export function testTarget(database: ConfigDatabase, id: number, author: string): Promise<number> {
  return database.write(async (transaction) => {
    const target = await transaction.notificationTarget.findUnique({ where: { id } });
    if (!target) throw new NotFound("such notification target");
    const test = {
      ...({ topic: "config", type: "test", severity: "info" } as const),
      title: `a test of the target ${target.name}`,
      text: `sent by ${author}: if you read this, notifications of Weir reach you`,
      path: "/settings",
      data: { target: target.name, author },
    };
    return tellTarget(transaction, test, id);
  });
}

/** 32 bytes, as Standard Webhooks wants 24 to 64. */
function newSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

/** Two of one name could not be told apart. The lock puts those who name at the same time in order. */
async function refuseTaken(transaction: Transaction, name: string, id: number | undefined): Promise<void> {
  await transaction.$executeRaw`LOCK TABLE notification_target IN SHARE ROW EXCLUSIVE MODE`;
  const taken = await transaction.notificationTarget.findUnique({ where: { name } });
  if (taken && taken.id !== id)
    throw refusal("name-taken", "name", `there is a target called ${name} already`, "Choose another name.");
}

function refusal(code: string, path: string, message: string, fix: string): ValidationError {
  return new ValidationError("notification target", [{ code, path, severity: "error", message, fix }]);
}
