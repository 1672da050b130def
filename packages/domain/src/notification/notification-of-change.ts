import { type AuditedChange, auditSentence } from "./audit-sentence.ts";
import type { Notification, NotificationSeverity, NotificationTopic } from "./notification.ts";

/** Who changed something, and why. */
interface ChangedBy {
  readonly author: string;
  readonly reason?: string | undefined;
}

/** What is told of a change that the audit keeps; undefined for what is told of otherwise: a new service, by its first version. */
export function notificationOfChange(change: AuditedChange & ChangedBy): Notification | undefined {
  const { action, subject, author, reason } = change;
  if (action === "service.discovered") return undefined;
  return {
    topic: topicOf(action),
    type: action,
    severity: severityOf(change),
    title: auditSentence(change),
    text: `by ${author}${reason === undefined ? "" : `: ${reason}`}`,
    path: pathOf(change),
    data: { action, subject, author, reason, before: change.before, after: change.after },
  };
}

function topicOf(action: string): NotificationTopic {
  if (action.startsWith("rollout.")) return "rollout";
  return action.startsWith("guard.") ? "guard" : "config";
}

const severities: Readonly<Record<string, NotificationSeverity>> = {
  "rollout.rollBack": "critical",
  "rollout.pause": "warning",
  "rollout.abort": "warning",
  "guard.takeBack": "critical",
};

/** Putting the mesh on hold suspends every policy. */
function severityOf({ action, after }: AuditedChange): NotificationSeverity {
  if (action === "mesh.hold" && after === true) return "warning";
  return severities[action] ?? "info";
}

/** The console's page of what was changed. */
function pathOf({ subject, after }: AuditedChange): string {
  const [kind, ...names] = subject.split("/");
  const [namespace = "", name = ""] = names.map(encodeURIComponent);
  switch (kind) {
    case "policy":
      return `/policies/${namespace}/${name}`;
    case "service":
      return `/services/${namespace}/${name}`;
    case "namespace":
      return `/services?ns=${namespace}`;
    case "rollout":
      return rolloutPath(after);
    default:
      return "/mesh";
  }
}

/** The rollout's page, with the event opened where its number is known. */
function rolloutPath(after: unknown): string {
  if (typeof after !== "object" || after === null || !("id" in after)) return "/rollouts";
  return `/rollouts/${after.id}${"seq" in after ? `?event=${after.seq}` : ""}`;
}
