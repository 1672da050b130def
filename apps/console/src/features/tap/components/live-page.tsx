"use client";

import { Pause, Play } from "lucide-react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { Segments } from "../../../ui/segments.tsx";
import { useTapFilter } from "../hooks/use-tap-filter.ts";
import { TapFilters } from "./tap-filters.tsx";
import { TapView } from "./tap-view.tsx";
import { TopTable } from "./top-table.tsx";

const views = ["tap", "top"] as const;

/** Requests as they happen, one by one or put together. */
export function LivePage() {
  const [view, setView] = useQueryState("show", parseAsStringLiteral(views).withDefault("tap"));
  const [paused, setPaused] = useState(false);
  const { filter, state, set } = useTapFilter();
  return (
    <div className="mx-auto flex max-w-384 flex-col gap-4 p-3 md:p-6">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="grow font-semibold text-lg">Live</h1>
        <Segments
          label="Show"
          value={view}
          onChange={(next) => void setView(next)}
          options={[
            { value: "tap", label: "Tap", title: "One by one" },
            { value: "top", label: "Top", title: "Put together" },
          ]}
        />
        <Button onClick={() => setPaused(!paused)} aria-pressed={paused}>
          {paused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
          {paused ? "Go on" : "Pause"}
        </Button>
      </div>
      <TapFilters state={state} set={set} />
      <Panel flush>
        {view === "tap" ? (
          <TapView key={JSON.stringify(filter)} filter={filter} paused={paused} />
        ) : (
          <TopTable filter={filter} paused={paused} />
        )}
      </Panel>
    </div>
  );
}
