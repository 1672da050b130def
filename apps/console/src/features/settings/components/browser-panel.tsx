"use client";

import { windowChoices } from "@weir/domain/browser";
import { useTheme } from "next-themes";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { formatBytes, formatSeconds } from "../../../ui/format/numbers.ts";
import { formatMoment } from "../../../ui/format/times.ts";
import { Panel } from "../../../ui/panel.tsx";
import { Segments } from "../../../ui/segments.tsx";
import { Select } from "../../../ui/select.tsx";
import { windowWords } from "../../time/index.ts";
import { useBrowserSettings } from "../hooks/use-browser-settings.ts";
import { usualSettings } from "../view-model/browser-settings.ts";
import { refreshChoices } from "../view-model/refresh-choices.ts";

const usualWindow = "5m";

/** Theme, clock, units, window and refresh of this browser; each is in force at once, on all of its pages. */
export function BrowserPanel() {
  const { settings, change: changeKept } = useBrowserSettings();
  const [refused, setRefused] = useState(false);
  const change = (part: Parameters<typeof changeKept>[0]) => setRefused(!changeKept(part));
  const { theme = "system", setTheme } = useTheme();
  // What was chosen stands in the browser only, so the first drawing must not depend on it.
  const [mounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  return (
    <Panel
      title="This browser"
      aside={
        <Button
          size="small"
          onClick={() => {
            change(usualSettings);
            setTheme("system");
          }}
        >
          Reset to defaults
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {refused && (
          <p role="alert" className="text-degraded">
            This browser does not let the console keep anything, so its settings stay as they were.
          </p>
        )}
        <Setting name="Theme" note="System follows what the device says.">
          <Segments
            label="Theme"
            value={mounted ? theme : "system"}
            onChange={setTheme}
            options={[
              { value: "system", label: "System" },
              { value: "light", label: "Light" },
              { value: "dark", label: "Dark" },
            ]}
          />
        </Setting>
        <Setting name="Times" note={mounted ? `Now it is ${formatMoment(Date.now(), Date.now())}.` : ""}>
          <Segments
            label="Times"
            value={settings.timeZone}
            onChange={(timeZone) => change({ timeZone })}
            options={[
              { value: "local", label: "This device’s clock" },
              { value: "utc", label: "UTC" },
            ]}
          />
        </Setting>
        <Setting name="Durations" note={mounted ? `1¼ seconds are ${formatSeconds(1.25)}.` : ""}>
          <Segments
            label="Durations"
            value={settings.durations}
            onChange={(durations) => change({ durations })}
            options={[
              { value: "auto", label: "µs, ms, s, min" },
              { value: "ms", label: "Milliseconds" },
            ]}
          />
        </Setting>
        <Setting name="Bytes" note={mounted ? `A million are ${formatBytes(1_000_000)}.` : ""}>
          <Segments
            label="Bytes"
            value={settings.bytes}
            onChange={(bytes) => change({ bytes })}
            options={[
              { value: "decimal", label: "kB of 1,000" },
              { value: "binary", label: "KiB of 1,024" },
            ]}
          />
        </Setting>
        <Setting
          name="Window to begin with"
          note="Where an address says nothing; a link shows what its sender saw."
        >
          <Select
            label="Window to begin with"
            className="w-44"
            value={windowChoices.find((choice) => choice === (settings.window ?? usualWindow))}
            onChange={(window) => change({ window: window === usualWindow ? undefined : window })}
            options={windowChoices.map((value) => ({ value, label: windowWords(value) }))}
          />
        </Setting>
        <Setting name="Read again" note="How often numbers on the page move, at most.">
          <Select
            label="Read again"
            className="w-44"
            value={refreshChoices.find(({ value }) => value === String(settings.refreshMs))?.value}
            onChange={(value) => change({ refreshMs: Number(value) })}
            options={refreshChoices}
          />
        </Setting>
      </div>
    </Panel>
  );
}

function Setting({ name, note, children }: { name: string; note: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
      <span>
        <span className="block font-medium">{name}</span>
        <span className="block min-h-4 text-faint text-xs">{note}</span>
      </span>
      {children}
    </div>
  );
}
