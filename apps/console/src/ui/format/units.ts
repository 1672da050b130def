import { browserStore } from "../../client/browser-store.ts";

/** `ms`: all of them, so that columns compare at a glance; `auto`: whatever unit says it shortest. */
export type DurationUnit = "auto" | "ms";
/** `decimal`: kB of 1,000; `binary`: KiB of 1,024 (IEC 80000-13). */
export type ByteUnit = "decimal" | "binary";

export interface Units {
  readonly durations: DurationUnit;
  readonly bytes: ByteUnit;
}

const keys = { durations: "weir.durations", bytes: "weir.bytes" } as const;

/**
 * Are durations shown in milliseconds alone? As the time zone, it is read each time anew, so that whatever is drawn
 * after a change follows it; a server takes what is usual.
 */
export function inMilliseconds(): boolean {
  return browserStore.getItem(keys.durations) === "ms";
}

/** Are bytes shown in powers of 1,024? */
export function inBinary(): boolean {
  return browserStore.getItem(keys.bytes) === "binary";
}

export function keepUnits({ durations, bytes }: Units): void {
  browserStore.setItem(keys.durations, durations);
  browserStore.setItem(keys.bytes, bytes);
}
