/**
 * What Slack answers to a message that it refuses, and nothing else (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks,
 * handling errors). These words are ours to show; whatever else an address answers is not.
 */
const refusals: ReadonlySet<string> = new Set([
  "action_prohibited",
  "channel_is_archived",
  "channel_not_found",
  "invalid_blocks",
  "invalid_payload",
  "invalid_token",
  "no_active_hooks",
  "no_service",
  "no_service_id",
  "no_team",
  "no_text",
  "posting_to_general_channel_denied",
  "rate_limited",
  "team_disabled",
  "too_many_attachments",
  "user_not_found",
]);

/** Why Slack refuses, by its own word for it; undefined: it says none that is known. */
export function slackRefusal(text: string): string | undefined {
  const word = text.trim();
  return refusals.has(word) ? word : undefined;
}

/** Whether an answer says that nothing was taken, whatever its status: `{"ok": false}` as of Slack, `{"success": false}` as of Rocket.Chat. */
export function deniesTaking(text: string): boolean {
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === "object" && said !== null && Object.entries(said).some(isDenial);
  } catch {
    return false;
  }
}

function isDenial([name, value]: [string, unknown]): boolean {
  return (name === "ok" || name === "success") && value === false;
}
