import type { WindowText } from "@weir/domain";
import { isMoving, readWindow, widthOf, windowOf } from "@weir/domain/browser";
import { createParser } from "nuqs";
import { formatInterval } from "../../../ui/format/times.ts";

/** The window in the address, `?window=15m` or two times with a slash between them; absent means five minutes. */
export const windowParam = createParser<WindowText>({
  parse: (text) => (readWindow(text) ? text : null),
  serialize: (text) => text,
})
  .withDefault("5m")
  // An address without a window begins with the one its reader is used to, which is another's.
  .withOptions({ clearOnDefault: false });

const units = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1_000, "second"],
] as const;

/** `5m` as people read it, "last 5 minutes"; a window that stays, by its times: "Nov 1, 10:00 to 10:15". */
export function windowWords(text: WindowText): string {
  if (!isMoving(text)) return formatInterval(windowOf(text, 0));
  const ms = widthOf(text);
  // A day is what people call 24 hours; more than one they call days.
  const [unitMs, unit] = units.find(([one]) => ms % one === 0 && ms !== 86_400_000) ?? units[1];
  const count = ms / unitMs;
  return count === 1 ? `last ${unit}` : `last ${count} ${unit}s`;
}

/** The same from a server, which does not know the reader's time zone: a window that stays is only "Past". */
export function serverWindowWords(text: WindowText): string {
  return isMoving(text) ? windowWords(text) : "Past";
}

/**
 * How long to leave a window's numbers alone: a day does not look different after a second, and
 * costs more to read; what is past changes only by what comes late.
 */
export function refreshMsOf(text: WindowText): number {
  if (!isMoving(text)) return 30_000;
  return Math.min(30_000, Math.max(1_000, widthOf(text) / 900));
}
