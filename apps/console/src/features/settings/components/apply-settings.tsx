"use client";

import { useEffect, useRef } from "react";
import { browserStore } from "../../../client/browser-store.ts";
import { useLive } from "../../live/index.ts";
import { useWindow } from "../../time/index.ts";
import { useBrowserSettings } from "../hooks/use-browser-settings.ts";
import { readSettings, settingsKey } from "../view-model/browser-settings.ts";

/** Puts in force what was chosen for this browser: how often to read again, and the window to begin with. */
export function ApplySettings() {
  const { settings } = useBrowserSettings();
  const { setEvery } = useLive();
  const { setLength } = useWindow();
  const began = useRef(false);
  useEffect(() => setEvery(settings.refreshMs), [settings.refreshMs, setEvery]);
  useEffect(() => {
    if (began.current) return;
    began.current = true;
    const { window: length } = readSettings(browserStore.getItem(settingsKey));
    // A link that somebody sent shows what its sender saw: only an address without any wish begins as one is used to.
    if (length !== undefined && window.location.search === "") void setLength(length);
  }, [setLength]);
  return null;
}
