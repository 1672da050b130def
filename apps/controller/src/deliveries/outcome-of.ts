import type { DeliveryAttempt, DueDelivery } from "@weir/store";
import { backOffMs } from "../webhooks/back-off.ts";
import type { Answer, NoAnswer } from "../webhooks/exchange.ts";

const dayMs = 86_400_000;
/** However long a receiver asks to be left alone. */
const longestWaitMs = 3_600_000;
/** One that refuses so often would refuse for ever, and holds up what comes after. */
const mostRefusals = 5;

/** Answers that say nothing about the message itself (RFC 9110 15.5.9, RFC 8470 5.2, RFC 6585 4). */
const passing: ReadonlySet<number> = new Set([408, 425, 429]);

/**
 * What an attempt came to. Nobody there, busy or broken: tried again for a day. Refused: tried {@link mostRefusals} times; gone
 * (410) once, and a test always once.
 */
export function outcomeOf(
  got: Answer | NoAnswer,
  { attempts, ageMs, isTest }: Pick<DueDelivery, "attempts" | "ageMs" | "isTest">,
  random: () => number,
): DeliveryAttempt {
  if (got instanceof Error)
    return { outcome: again(undefined, attempts, isTest || ageMs > dayMs, random), error: got.message };
  const { status, text: answer } = got;
  if (status >= 200 && status < 300) return { outcome: "delivered", status, answer };
  const isRefusal = status < 500 && !passing.has(status);
  const isOver = isTest || ageMs > dayMs || status === 410 || (isRefusal && attempts + 1 >= mostRefusals);
  const outcome = again(got.retryAfterMs, attempts, isOver, random);
  return { outcome, status, answer, error: words(got) };
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

function words({ status, location }: Answer): string {
  if (location !== undefined && status >= 300 && status < 400)
    return `answered ${status}, a redirect to ${location}: redirects are not followed`;
  return `answered ${status}`;
}
