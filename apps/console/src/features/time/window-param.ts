import type { WindowLength } from "@weir/domain";
import { windowLengths, windowLengthsMs } from "@weir/domain/browser";
import { parseAsStringLiteral } from "nuqs";

/** The window in the address, `?window=15m`; absent means five minutes. */
export const windowParam = parseAsStringLiteral(windowLengths).withDefault("5m");

const words: Record<WindowLength, string> = {
  "1m": "minute",
  "5m": "5 minutes",
  "15m": "15 minutes",
  "1h": "hour",
  "6h": "6 hours",
  "24h": "24 hours",
};

/** `5m` as people read it: "last 5 minutes". */
export function windowWords(length: WindowLength): string {
  return `last ${words[length]}`;
}

/** How long to leave a window's numbers alone: a day does not look different after a second, and costs more to read. */
export function refreshMsOf(length: WindowLength): number {
  return Math.min(30_000, Math.max(1_000, windowLengthsMs[length] / 900));
}
