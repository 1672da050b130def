"use client";

import { useCallback, useMemo, useSyncExternalStore } from "react";
import { browserStore } from "../../../client/browser-store.ts";
import { keepTimeZone } from "../../../ui/format/time-zone.ts";
import { keepUnits } from "../../../ui/format/units.ts";
import { type BrowserSettings, readSettings, settingsKey } from "../view-model/browser-settings.ts";

/** Of this page; `storage` tells of other pages only. */
const changed = "weir-settings";

/**
 * What was chosen for this browser, the same on all of its pages at once, and how to change it: `change` says whether
 * the browser kept it, for one that does not goes on as it was.
 */
export function useBrowserSettings() {
  const text = useSyncExternalStore(listen, readText, () => null);
  const settings = useMemo(() => readSettings(text), [text]);
  const change = useCallback((part: Partial<BrowserSettings>) => {
    const next = { ...readSettings(readText()), ...part };
    keepTimeZone(next.timeZone);
    keepUnits(next);
    const kept = browserStore.setItem(settingsKey, JSON.stringify(next));
    window.dispatchEvent(new Event(changed));
    return kept;
  }, []);
  return { settings, change };
}

function readText(): string | null {
  return browserStore.getItem(settingsKey);
}

function listen(onChange: () => void): () => void {
  window.addEventListener(changed, onChange);
  window.addEventListener("storage", onChange);
  return () => {
    window.removeEventListener(changed, onChange);
    window.removeEventListener("storage", onChange);
  };
}
