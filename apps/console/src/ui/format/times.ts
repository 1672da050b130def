import { isUtc, zonedIso } from "./time-zone.ts";

/** A moment (ms since 1970) as time of day; with its day when that is not today's. */
export function formatMoment(atMs: number, nowMs: number): string {
  return dayOf(atMs) === dayOf(nowMs) ? formatClock(atMs) : `${monthAndDay(atMs)}, ${formatClock(atMs)}`;
}

/** A moment (ms since 1970) of the last minutes as time of day. */
export function formatClock(atMs: number): string {
  return zonedIso(atMs).slice(11);
}

/**
 * A window as times, with seconds only where they say something: `Nov 1, 10:00 to 10:15`. The day stands once when
 * the window begins and ends on the same.
 */
export function formatInterval({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }): string {
  const whole = fromMs % 60_000 === 0 && toMs % 60_000 === 0;
  const time = (atMs: number) => (whole ? formatClock(atMs).slice(0, 5) : formatClock(atMs));
  const dayAndTime = (atMs: number) => `${monthAndDay(atMs)}, ${time(atMs)}`;
  const zone = isUtc() ? " UTC" : "";
  return `${dayAndTime(fromMs)} to ${(dayOf(fromMs) === dayOf(toMs) ? time : dayAndTime)(toMs)}${zone}`;
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

function dayOf(atMs: number): string {
  return zonedIso(atMs).slice(0, 10);
}

const monthAndDayOfUtc = new Intl.DateTimeFormat("en", { month: "short", day: "numeric", timeZone: "UTC" });

/** `Nov 1`. The day was found by the reader's clock already, so that it is that of its midnight in UTC. */
function monthAndDay(atMs: number): string {
  return monthAndDayOfUtc.format(new Date(dayOf(atMs)));
}
