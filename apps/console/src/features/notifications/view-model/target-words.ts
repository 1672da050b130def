import type { NotificationFormat, NotificationSeverity, NotificationTopic } from "@weir/domain";
import type { ShownDelivery } from "../../../server/notifications/shown-delivery.ts";
import type { ShownTarget } from "../../../server/notifications/shown-target.ts";
import { plural } from "../../../ui/format/numbers.ts";

/** What people choose from, and what it stands for. */
export const topicWords: Readonly<
  Record<NotificationTopic, { readonly name: string; readonly note: string }>
> = {
  config: { name: "Changes", note: "Policies, modes, hold, stable versions" },
  rollout: { name: "Rollouts", note: "Each step, pause, success, and what was taken back" },
  guard: { name: "Guards", note: "What was enforced and is taken back by itself" },
  version: { name: "Versions", note: "Services and versions met for the first time" },
  health: { name: "Health", note: "A service degraded, failing, or well again" },
  telemetry: { name: "Telemetry", note: "It stopped, or flows again" },
  sidecar: { name: "Sidecars", note: "Some refuse what the controller sends" },
};

/** What each format is for. */
export const formatNotes: Readonly<Record<NotificationFormat, string>> = {
  json: "Signed after Standard Webhooks, so that the receiver knows who sent it.",
  slack: "For an incoming webhook of Slack, or of what is like it.",
  grafana: "Annotations for all dashboards. The URL is Grafana's own, without a path to its API.",
};

export const severityWords: Readonly<Record<NotificationSeverity, string>> = {
  info: "Everything",
  warning: "Warnings and worse",
  critical: "Critical only",
};

/** What a target is told of, in a few words. */
export function toldOf({ topics, leastSeverity }: Pick<ShownTarget, "topics" | "leastSeverity">): string {
  const all = topics.length === Object.keys(topicWords).length;
  const names = all ? "everything" : topics.map((topic) => topicWords[topic].name.toLowerCase()).join(", ");
  return leastSeverity === "info" ? names : `${names}: ${severityWords[leastSeverity].toLowerCase()}`;
}

export interface TargetState {
  readonly tone: "fine" | "new" | "off" | "wrong";
  readonly words: string;
}

/** How telling a target goes. */
export function targetState(
  { paused, waiting, last }: Pick<ShownTarget, "paused" | "waiting" | "last">,
  ago: (atMs: number) => string,
): TargetState {
  const behind = waiting > 0 ? `, ${plural(waiting, "delivery", "deliveries")} waiting` : "";
  if (paused)
    return { tone: "off", words: `paused: told nothing, nor later what happens meanwhile${behind}` };
  if (last?.error != null) return { tone: "wrong", words: `last attempt failed: ${last.error}${behind}` };
  if (last === null) return { tone: "new", words: `nothing sent yet${behind}` };
  return { tone: "fine", words: `delivered${last.atMs === null ? "" : ` ${ago(last.atMs)}`}${behind}` };
}

/** What became of a delivery. */
export function deliveryWords(
  { state, attempts, status, error, nextAttemptAtMs }: Omit<ShownDelivery, "id">,
  clock: (atMs: number) => string,
): string {
  if (state === "delivered")
    return `delivered${attempts > 1 ? ` at attempt ${attempts}` : ""}, answered ${status}`;
  const why = error ?? "not tried yet";
  if (state === "failed") return `given up after ${plural(attempts, "attempt")}: ${why}`;
  if (attempts === 0) return "waits for its turn";
  return `${why}; next attempt at ${nextAttemptAtMs === null ? "once" : clock(nextAttemptAtMs)}`;
}
