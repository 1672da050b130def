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

/** A moment (ms since 1970) by the clock that is chosen, as ISO 8601 without a zone: `2026-11-01T23:50:00`. */
export function zonedIso(atMs: number): string {
  const aheadMs = isUtc() ? 0 : -60_000 * new Date(atMs).getTimezoneOffset();
  return new Date(atMs + aheadMs).toISOString().slice(0, 19);
}
