import { timeFormat, utcFormat } from "d3-time-format";
import { browserStore } from "../../client/browser-store.ts";

export type TimeZone = "local" | "utc";

const key = "weir.time-zone";

/**
 * Are times shown as UTC, or by the reader's own clock? It stands in the browser's store, read each time anew, so that
 * whatever is drawn after a change follows it. A server, which draws for nobody's clock, takes its own.
 */
export function isUtc(): boolean {
  return browserStore.getItem(key) === "utc";
}

export function keepTimeZone(zone: TimeZone): void {
  browserStore.setItem(key, zone);
}

/** As d3's `timeFormat`, by the clock that is chosen. */
export function zonedFormat(specifier: string): (at: Date) => string {
  const [local, utc] = [timeFormat(specifier), utcFormat(specifier)];
  return (at) => (isUtc() ? utc : local)(at);
}
