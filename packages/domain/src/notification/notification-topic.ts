/** What people can ask to be told of. */
export const notificationTopics = [
  "config",
  "rollout",
  "guard",
  "version",
  "health",
  "telemetry",
  "sidecar",
] as const;
export type NotificationTopic = (typeof notificationTopics)[number];

/** `critical`: users are, or were, hurt, or nobody can tell. Ascending. */
export const notificationSeverities = ["info", "warning", "critical"] as const;
export type NotificationSeverity = (typeof notificationSeverities)[number];
