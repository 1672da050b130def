"use client";

import { Select } from "../../ui/select.tsx";
import { useLive } from "../live/index.ts";

const choices = [
  { value: "0", label: "As it comes in" },
  { value: "5000", label: "Every 5 seconds" },
  { value: "10000", label: "Every 10 seconds" },
  { value: "30000", label: "Every 30 seconds" },
  { value: "60000", label: "Every minute" },
] as const;

/** How often the page's numbers are read again. */
export function RefreshChoice() {
  const { everyMs, setEvery } = useLive();
  return (
    <div className="text-muted text-xs">
      <p className="mb-1">Read again</p>
      <Select
        label="Read again"
        value={choices.find(({ value }) => value === String(everyMs))?.value}
        onChange={(value) => setEvery(Number(value))}
        options={choices}
        className="w-full text-text"
      />
    </div>
  );
}
