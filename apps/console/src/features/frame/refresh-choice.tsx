"use client";

import { Select } from "../../ui/select.tsx";
import { useLive } from "../live/index.ts";
import { refreshChoices } from "../settings/index.ts";

/** How often the page's numbers are read again. */
export function RefreshChoice() {
  const { everyMs, setEvery } = useLive();
  return (
    <div className="text-muted text-xs">
      <p className="mb-1">Read again</p>
      <Select
        label="Read again"
        value={refreshChoices.find(({ value }) => value === String(everyMs))?.value}
        onChange={(value) => setEvery(Number(value))}
        options={refreshChoices}
        className="w-full text-text"
      />
    </div>
  );
}
