import type { DueDelivery } from "@weir/store";

const severityWords = { info: "", warning: "Warning: ", critical: "Critical: " } as const;

/** Slack refuses a section of more than 3,000 characters; escaping makes them more. */
const longestText = 500;

/**
 * Body for an incoming webhook of Slack's: blocks, and the text that notifications of its show. Others (Mattermost,
 * Rocket.Chat) read the text alone.
 */
export function slackMessage(
  { severity, title, text, path }: DueDelivery["notification"],
  consoleUrl: string,
): string {
  const head = `*${severityWords[severity]}${escaped(title)}*`;
  const link = `<${escaped(`${consoleUrl}${path}`)}|Open in Weir>`;
  const section = [head, escaped(text)].filter((line) => line !== "").join("\n");
  return JSON.stringify({
    text: `${section}\n${link}`,
    unfurl_links: false,
    blocks: [
      { type: "section", text: { type: "mrkdwn", text: section } },
      { type: "context", elements: [{ type: "mrkdwn", text: link }] },
    ],
  });
}

/** As Slack asks for (formatting text, escaping): without these three nothing is a link, nor calls anybody. */
function escaped(text: string): string {
  const short = text.length <= longestText ? text : `${text.slice(0, longestText).toWellFormed()}…`;
  return short.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
