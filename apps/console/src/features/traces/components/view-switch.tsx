"use client";

import { Segments } from "../../../ui/segments.tsx";
import type { TraceViewName } from "../hooks/use-trace-view.ts";

interface SwitchProps {
  readonly view: TraceViewName;
  onChange(view: TraceViewName): void;
}

/** How a trace is shown. */
export function ViewSwitch({ view, onChange }: SwitchProps) {
  return (
    <Segments
      label="Show the trace as"
      value={view}
      onChange={onChange}
      options={[
        { value: "timeline", label: "Timeline" },
        { value: "flame", label: "Flame" },
        { value: "statistics", label: "Statistics" },
      ]}
    />
  );
}
