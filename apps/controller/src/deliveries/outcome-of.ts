import type { NotificationFormat } from "@weir/domain";
import type { DeliveryAttempt, DueDelivery } from "@weir/store";
import { backOffMs } from "../webhooks/back-off.ts";
import type { Answer, NoAnswer } from "../webhooks/exchange.ts";
import { deniesTaking, slackRefusal } from "./what-slack-says.ts";

const dayMs = 86_400_000;
/** However long a receiver asks to be left alone. */
const longestWaitMs = 3_600_000;
/** One that refuses so often would refuse for ever, and holds up what comes after. */
const mostRefusals = 5;

/** Answers that say nothing about the message itself (RFC 9110 15.5.9, RFC 8470 5.2, RFC 6585 4). */
const passing: ReadonlySet<number> = new Set([408, 425, 429]);

type Tried = Pick<DueDelivery, "attempts" | "waitedMs" | "isTest"> & { readonly format: NotificationFormat };

/**
 * What an attempt came to. Nobody there, busy or broken: tried again for a day. Refused: tried {@link mostRefusals} times; gone
 * (410) once, and a test always once. Of an answer only its status is told, and what Slack has a word for: an address may be
 * somebody's who does not know that he is asked, and what he says is not for whoever named him.
 */
export function outcomeOf(got: Answer | NoAnswer, tried: Tried, random: () => number): DeliveryAttempt {
  const { attempts, waitedMs, isTest, format } = tried;
  const isLast = isTest || waitedMs > dayMs;
  if (got instanceof Error)
    return { outcome: again(undefined, attempts, isLast, random), error: got.message };
  const { status } = got;
  const isTaken = status >= 200 && status < 300;
  const isDenied = isTaken && format === "slack" && deniesTaking(got.text);
  if (isTaken && !isDenied) return { outcome: "delivered", status };
  const isRefusal = status < 500 && !passing.has(status);
  const isOver = isLast || status === 410 || (isRefusal && attempts + 1 >= mostRefusals);
  return {
    outcome: again(got.retryAfterMs, attempts, isOver, random),
    status,
    error: isDenied ? `answered ${status}, and that it took nothing` : words(got, format),
  };
}

function again(
  askedMs: number | undefined,
  attempts: number,
  isOver: boolean,
  random: () => number,
): DeliveryAttempt["outcome"] {
  if (isOver) return "failed";
  return { retryMs: Math.max(backOffMs(attempts + 1, random), Math.min(askedMs ?? 0, longestWaitMs)) };
}

function words({ status, text }: Answer, format: NotificationFormat): string {
  if (status >= 300 && status < 400) return `answered ${status}: redirects are not followed`;
  const refusal = format === "slack" ? slackRefusal(text) : undefined;
  return `answered ${status}${refusal === undefined ? "" : `: ${refusal}`}`;
}
