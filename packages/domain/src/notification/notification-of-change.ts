import { servicePart, servicePath } from "../service/service-path.ts";
import { type AuditedChange, auditSentence } from "./audit-sentence.ts";
import type { Notification } from "./notification.ts";
import type { NotificationSeverity, NotificationTopic } from "./notification-topic.ts";
import { whyOf } from "./why-of.ts";

/** Who changed something, and why. */
interface ChangedBy {
  readonly author: string;
  readonly reason?: string | undefined;
  /** What in the controller changed it by itself; undefined: a person, or a sidecar that came. */
  readonly origin?: ChangeOrigin | undefined;
}

/** A step of a rollout, or a guard that takes back what was enforced. */
export type ChangeOrigin = "rollout" | "guard";

/**
 * What is told of a change that the audit keeps; undefined for what is told of otherwise (a new service, by its first version),
 * and for who is told, which the audit alone tells of.
 */
export function notificationOfChange(change: AuditedChange & ChangedBy): Notification | undefined {
  const { action, subject, author, reason, before, after } = change;
  if (action === "service.discovered" || action.startsWith("target.")) return undefined;
  const topic = topicOf(change);
  return {
    ...{ topic, type: topic === "guard" ? "guard.takeBack" : action, severity: severityOf(change, topic) },
    title: auditSentence(change),
    text: textOf(change),
    path: consolePathOf(change),
    data: { action, subject, author, reason, before, after },
  };
}

function topicOf({ action, origin }: AuditedChange & ChangedBy): NotificationTopic {
  if (action.startsWith("rollout.")) return "rollout";
  return origin === "guard" ? "guard" : "config";
}

const severities: Readonly<Record<string, NotificationSeverity>> = {
  "rollout.rollBack": "critical",
  "rollout.pause": "warning",
  "rollout.abort": "warning",
};

/** Putting the mesh on hold suspends every policy; what a guard takes back has hurt somebody. */
function severityOf({ action, after }: AuditedChange, topic: NotificationTopic): NotificationSeverity {
  if (topic === "guard") return "critical";
  if (action === "mesh.hold" && after === true) return "warning";
  return severities[action] ?? "info";
}

/** Of a rollout why it was decided, for the title says what, and then who gave which reason. */
function textOf({ after, author, reason }: AuditedChange & ChangedBy): string {
  const decided = memberOf(after, "reason");
  const by = `by ${author}${reason === undefined || reason === decided ? "" : `: ${reason}`}`;
  return typeof decided === "string" ? `${whyOf(decided)}, ${by}` : by;
}

/** The console's page of what was changed: path and query. */
export function consolePathOf({ subject, after }: AuditedChange): string {
  const [kind, namespace = "", ...names] = subject.split("/");
  const named = { namespace, name: names.join("/") };
  switch (kind) {
    case "policy":
      return `/policies/${servicePart(named)}`;
    case "service":
      return servicePath(named);
    case "namespace":
      return `/services?ns=${encodeURIComponent(namespace)}`;
    case "rollout":
      return rolloutPath(after);
    case "target":
      return targetPath(after);
    default:
      return "/mesh";
  }
}

/** The rollout's page, with the event opened. */
function rolloutPath(after: unknown): string {
  const id = memberOf(after, "rollout");
  const event = memberOf(after, "event");
  if (id === undefined) return "/rollouts";
  return `/rollouts/${id}${event === undefined ? "" : `?event=${event}`}`;
}

/** Those who are told, with the last deliveries to this one opened. */
function targetPath(after: unknown): string {
  const id = memberOf(after, "id");
  return `/settings${id === undefined ? "" : `?target=${id}`}`;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
