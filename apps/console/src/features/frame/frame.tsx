"use client";

import type { ReactNode } from "react";
import { Toasts } from "../../ui/toasts.tsx";
import { ApplySettings, useBrowserSettings } from "../settings/index.ts";
import { SourcesBanner } from "../sources/index.ts";
import { Rail } from "./rail.tsx";
import { Shortcuts } from "./shortcuts.tsx";
import { TopBar } from "./top-bar.tsx";

/** What stands around every page: the rail, the bar with time and mode, keys, and notices. */
export function Frame({ children }: { children: ReactNode }) {
  const { settings } = useBrowserSettings();
  return (
    <div className="flex h-dvh flex-col md:flex-row">
      <a
        href="#page"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-surface focus:px-3 focus:py-2"
      >
        Skip to the page
      </a>
      <Rail />
      <div className="flex min-h-0 min-w-0 grow flex-col">
        {/* Drawn anew by the other clock. */}
        <TopBar key={settings.timeZone} />
        <SourcesBanner />
        <main id="page" tabIndex={-1} className="min-h-0 grow overflow-y-auto outline-none">
          {children}
        </main>
      </div>
      <ApplySettings />
      <Shortcuts />
      <Toasts />
    </div>
  );
}
