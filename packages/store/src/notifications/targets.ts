import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { NotificationTarget, parseOrThrow, TargetChange, ValidationError } from "@weir/domain";
import { type ChangeContext, changeConfig } from "../config/change-config.ts";
import type { ConfigDatabase, Transaction } from "../config/config-database.ts";
import type { Change } from "../config/config-store.ts";
import { NotFound } from "../config/not-found.ts";
import { auditedChange, auditedTarget } from "./audited-target.ts";
import { tellTarget } from "./tell.ts";

/** Each is told of everything it wants in a delivery of its own. */
const mostTargets = 100;

export async function addTarget(
  database: ConfigDatabase,
  given: NotificationTarget,
  change: Change,
): Promise<{ id: number; secret: string | undefined }> {
  const { token, ...target } = parseOrThrow(NotificationTarget, given, "notification target");
  const secret = target.format === "json" ? newSecret() : undefined;
  return changeConfig(database, change, async ({ transaction, record }) => {
    await refuseTaken(transaction, target.name, undefined);
    if ((await transaction.notificationTarget.count()) >= mostTargets)
      throw refusal(
        "too-many",
        "",
        `there are ${mostTargets} targets already`,
        "Remove one that nobody needs.",
      );
    const added = await transaction.notificationTarget.create({
      data: { ...target, secret: secret ?? token ?? null, createdBy: change.author },
    });
    const subject = `target/${added.name}`;
    record({ action: "target.add", subject, before: undefined, after: auditedTarget(added) });
    return { id: added.id, secret };
  });
}

export async function changeTarget(
  database: ConfigDatabase,
  id: number,
  given: TargetChange,
  change: Change,
): Promise<void> {
  const { token, ...data } = parseOrThrow(TargetChange, given, "notification target");
  return changeConfig(database, change, async (context) => {
    const { transaction } = context;
    await refuseTaken(transaction, data.name, id);
    const before = await findTarget(context, id);
    if (token !== undefined && before.format !== "grafana")
      throw refusal("token", "token", `${before.name} takes no token`, "Leave it out.");
    if (before.format === "grafana" && token === undefined && isElsewhere(before.url, data.url))
      throw refusal(
        "token",
        "token",
        `the token of ${before.name} is for another server`,
        "Give the token of the new one with its address.",
      );
    const after = await transaction.notificationTarget.update({
      where: { id },
      data: { ...data, url: data.url ?? before.url, secret: token ?? before.secret },
    });
    if (isDeepStrictEqual(before, after)) return;
    context.record({
      ...{ action: "target.change", subject: `target/${before.name}`, ...auditedChange(before, after) },
    });
  });
}

export function pauseTarget(
  database: ConfigDatabase,
  id: number,
  paused: boolean,
  change: Change,
): Promise<void> {
  return changeConfig(database, change, async (context) => {
    const before = await findTarget(context, id);
    if (before.paused === paused) return;
    await context.transaction.notificationTarget.update({ where: { id }, data: { paused } });
    if (!paused) await waitAnew(context, id);
    recordOf(context, paused ? "target.pause" : "target.resume", before);
  });
}

/** What waits for it waits as if it had begun to just now. */
async function waitAnew({ transaction }: ChangeContext, targetId: number): Promise<void> {
  await transaction.$executeRaw`
    UPDATE delivery SET waiting_since = now() WHERE target_id = ${targetId}::int AND state = 'waiting'`;
}

export function renewTargetSecret(database: ConfigDatabase, id: number, change: Change): Promise<string> {
  const secret = newSecret();
  return changeConfig(database, change, async (context) => {
    const target = await findTarget(context, id);
    if (target.format !== "json") throw new NotFound("such signed notification target");
    await context.transaction.notificationTarget.update({ where: { id }, data: { secret } });
    recordOf(context, "target.newSecret", target);
    return secret;
  });
}

export function removeTarget(database: ConfigDatabase, id: number, change: Change): Promise<void> {
  return changeConfig(database, change, async ({ transaction, record }) => {
    const before = await transaction.notificationTarget.findUnique({ where: { id } });
    if (!before) return;
    await transaction.notificationTarget.delete({ where: { id } });
    const subject = `target/${before.name}`;
    record({ action: "target.remove", subject, before: auditedTarget(before), after: undefined });
  });
}

export function testTarget(database: ConfigDatabase, id: number, change: Change): Promise<number> {
  return changeConfig(database, change, async (context) => {
    const target = await findTarget(context, id);
    const test = {
      ...({ topic: "config", type: "test", severity: "info" } as const),
      title: `a test of the target ${target.name}`,
      text: `sent by ${change.author}: if you read this, notifications of Weir reach you`,
      path: "/settings",
      data: { target: target.name, author: change.author },
    };
    recordOf(context, "target.test", target);
    return tellTarget(context.transaction, test, id);
  });
}

/** 32 bytes, as Standard Webhooks wants 24 to 64. */
function newSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

type TargetRow = NonNullable<Awaited<ReturnType<Transaction["notificationTarget"]["findUnique"]>>>;

async function findTarget({ transaction }: ChangeContext, id: number): Promise<TargetRow> {
  const target = await transaction.notificationTarget.findUnique({ where: { id } });
  if (!target) throw new NotFound("such notification target");
  return target;
}

/** What was done with it, where that changes nothing of what the audit keeps of it. */
function recordOf({ record }: ChangeContext, action: string, target: TargetRow): void {
  const audited = auditedTarget(target);
  record({ action, subject: `target/${target.name}`, before: audited, after: audited });
}

/** Two of one name could not be told apart. */
async function refuseTaken(transaction: Transaction, name: string, id: number | undefined): Promise<void> {
  const taken = await transaction.notificationTarget.findUnique({ where: { name } });
  if (taken && taken.id !== id)
    throw refusal("name-taken", "name", `there is a target called ${name} already`, "Choose another name.");
}

/** Whoever may change an address need not know the token that is sent there. */
function isElsewhere(before: string, after: string | undefined): boolean {
  return after !== undefined && new URL(after).origin !== new URL(before).origin;
}

function refusal(code: string, path: string, message: string, fix: string): ValidationError {
  return new ValidationError("notification target", [{ code, path, severity: "error", message, fix }]);
}
