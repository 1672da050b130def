import type { DueDelivery } from "@weir/store";

type Told = DueDelivery["notification"];

/** Receivers are asked to take no more (Standard Webhooks, payload size: it should be small). */
const longestDetails = 16 * 1024;

/** The body of a signed notification: `type`, `timestamp` and `data`, as Standard Webhooks has them. */
export function jsonMessage(told: Told, consoleUrl: string): string {
  const { type, at, topic, severity, title, text, path } = told;
  return JSON.stringify({
    type,
    timestamp: at.toISOString(),
    data: { topic, severity, title, text, url: `${consoleUrl}${path}`, details: detailsOf(told) },
  });
}

/** Without what it was before and is now where that is long: the link leads to it. */
function detailsOf({ data }: Told): object {
  if (JSON.stringify(data).length <= longestDetails) return data;
  const { before: _before, after: _after, ...rest } = data;
  return JSON.stringify(rest).length <= longestDetails ? { ...rest, isCut: true } : { isCut: true };
}
