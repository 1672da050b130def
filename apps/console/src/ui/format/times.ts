import { isUtc, zonedFormat } from "./time-zone.ts";

const clock = zonedFormat("%H:%M:%S");
const day = zonedFormat("%Y-%m-%d");
const clockAndDay = zonedFormat("%b %-d, %H:%M:%S");

/** A moment (ms since 1970) as time of day; with its day when that is not today's. */
export function formatMoment(atMs: number, nowMs: number): string {
  const at = new Date(atMs);
  return day(at) === day(new Date(nowMs)) ? clock(at) : clockAndDay(at);
}

/** A moment (ms since 1970) of the last minutes as time of day. */
export function formatClock(atMs: number): string {
  return clock(new Date(atMs));
}

const minute = zonedFormat("%H:%M");
const dayAndMinute = zonedFormat("%b %-d, %H:%M");

/**
 * A window as times, with seconds only where they say something: `Nov 1, 10:00 to 10:15`. The day stands once when
 * the window begins and ends on the same.
 */
export function formatInterval({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }): string {
  const [from, to] = [new Date(fromMs), new Date(toMs)];
  const whole = fromMs % 60_000 === 0 && toMs % 60_000 === 0;
  const [first, same] = whole ? [dayAndMinute, minute] : [clockAndDay, clock];
  const zone = isUtc() ? " UTC" : "";
  return `${first(from)} to ${(day(from) === day(to) ? same : first)(to)}${zone}`;
}

/** How long ago, in the largest unit that says enough: `just now`, `42 s ago`, `5 min ago`, `3 h ago`, `2 d ago`. */
export function formatAgo(atMs: number, nowMs: number): string {
  const seconds = Math.max(0, Math.round((nowMs - atMs) / 1_000));
  if (seconds < 3) return "just now";
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}
