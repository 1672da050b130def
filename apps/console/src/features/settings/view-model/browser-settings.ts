import type { WindowText } from "@weir/domain";
import { readWindow } from "@weir/domain/browser";
import type { TimeZone } from "../../../ui/format/time-zone.ts";
import type { Units } from "../../../ui/format/units.ts";

/** What a reader chose for this browser. The theme is kept by next-themes, beside it. */
export interface BrowserSettings extends Units {
  /** Where an address says nothing at all, the console begins with this window; undefined: five minutes. */
  readonly window: WindowText | undefined;
  /** Numbers are read again this often at most; 0: as they come in. */
  readonly refreshMs: number;
  readonly timeZone: TimeZone;
}

export const settingsKey = "weir.settings";

export const usualSettings: BrowserSettings = {
  ...{ window: undefined, refreshMs: 0 },
  ...{ timeZone: "local", durations: "auto", bytes: "decimal" },
};

/** Reads what stands in the store, piece by piece: what is not understood is as usual. */
export function readSettings(text: string | null): BrowserSettings {
  const stored = objectIn(text);
  const { window, refreshMs, timeZone, durations, bytes } = stored;
  return {
    window: typeof window === "string" && readWindow(window) ? window : undefined,
    refreshMs: typeof refreshMs === "number" && refreshMs >= 0 && refreshMs <= 3_600_000 ? refreshMs : 0,
    timeZone: timeZone === "utc" ? "utc" : "local",
    durations: durations === "ms" ? "ms" : "auto",
    bytes: bytes === "binary" ? "binary" : "decimal",
  };
}

function objectIn(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
