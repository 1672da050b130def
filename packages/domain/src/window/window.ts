import type { WindowText } from "./window-text.ts";

/** A span of time, `from` inclusive and `to` exclusive, in milliseconds since 1970. */
export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The lengths that are on offer; any other from ten seconds to {@link maxWindowMs} may be asked for. */
export const windowChoices = ["1m", "5m", "15m", "1h", "6h", "24h", "7d"] as const;

/** What Weir keeps telemetry in; nothing shorter can be told apart. */
const minWindowMs = 10_000;
/** Three months: longer than anything is kept unless told otherwise. */
export const maxWindowMs = 92 * 86_400_000;

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

type ReadWindow = { readonly lastMs: number } | Window;

/** Undefined for what is no window: malformed, shorter than ten seconds, longer than three months, or back to front. */
export function readWindow(text: WindowText): ReadWindow | undefined {
  const [, count, unit] = /^(\d{1,7})([smhd])$/.exec(text) ?? [];
  if (count !== undefined) {
    const lastMs = Number(count) * (unitMs[unit ?? ""] ?? 0);
    return isWidth(lastMs) ? { lastMs } : undefined;
  }
  const [from, to, ...more] = text.split("/");
  if (from === undefined || to === undefined || more.length > 0) return undefined;
  const [fromMs, toMs] = [momentOf(from), momentOf(to)];
  return fromMs >= 0 && isWidth(toMs - fromMs) ? { fromMs, toMs } : undefined;
}

function isWidth(ms: number): boolean {
  return ms >= minWindowMs && ms <= maxWindowMs;
}

/** NaN for what is no time in UTC; `Date.parse` alone would read any zone and any wording. */
function momentOf(text: string): number {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/.test(text) ? Date.parse(text) : Number.NaN;
}

/** @throws RangeError for a text that is no window. */
function mustRead(text: WindowText): ReadWindow {
  const read = readWindow(text);
  if (!read) throw new RangeError(`'${text}' is no window of time`);
  return read;
}

/** The window that a text names now. @throws RangeError for a text that is no window. */
export function windowOf(text: WindowText, nowMs: number): Window {
  const read = mustRead(text);
  return "lastMs" in read ? { fromMs: nowMs - read.lastMs, toMs: nowMs } : read;
}

/** How long a window is, in milliseconds. @throws RangeError for a text that is no window. */
export function widthOf(text: WindowText): number {
  const read = mustRead(text);
  return "lastMs" in read ? read.lastMs : read.toMs - read.fromMs;
}

/** Does the window end now, and so move on by itself? */
export function isMoving(text: WindowText): boolean {
  return "lastMs" in mustRead(text);
}

/** The text of a window that stays where it is, to whole seconds. */
export function textOfWindow({ fromMs, toMs }: Window): WindowText {
  return `${secondsText(fromMs)}/${secondsText(toMs)}`;
}

function secondsText(ms: number): string {
  return `${new Date(Math.round(ms / 1_000) * 1_000).toISOString().slice(0, 19)}Z`;
}
