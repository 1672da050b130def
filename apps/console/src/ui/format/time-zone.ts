import { timeFormat, utcFormat } from "d3-time-format";

export type TimeZone = "local" | "utc";

const key = "weir.time-zone";

/**
 * Are times shown as UTC, or by the reader's own clock? It stands in the browser's store, read each time anew, so that
 * whatever is drawn after a change follows it. A server, which draws for nobody's clock, takes its own.
 */
export function isUtc(): boolean {
  if (typeof window === "undefined") return false;
  try {
    return window.localStorage.getItem(key) === "utc";
  } catch {
    return false; // a browser may forbid its store
  }
}

/** Throws where the store takes nothing. */
export function keepTimeZone(zone: TimeZone): void {
  window.localStorage.setItem(key, zone);
}

/** As d3's `timeFormat`, by the clock that is chosen. */
export function zonedFormat(specifier: string): (at: Date) => string {
  const [local, utc] = [timeFormat(specifier), utcFormat(specifier)];
  return (at) => (isUtc() ? utc : local)(at);
}
