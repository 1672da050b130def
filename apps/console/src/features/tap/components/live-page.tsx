"use client";

import { Activity, Pause, Play } from "lucide-react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { ErrorState } from "../../../ui/error-state.tsx";
import { plural } from "../../../ui/format/numbers.ts";
import { Panel } from "../../../ui/panel.tsx";
import { Segments } from "../../../ui/segments.tsx";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { useTap } from "../hooks/use-tap.ts";
import { useTapFilter } from "../hooks/use-tap-filter.ts";
import { TapFilters } from "./tap-filters.tsx";
import { TapTable } from "./tap-table.tsx";
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
          <Tap filter={filter} paused={paused} />
        ) : (
          <TopTable filter={filter} paused={paused} />
        )}
      </Panel>
    </div>
  );
}

function Tap({
  filter,
  paused,
}: {
  readonly filter: Parameters<typeof useTap>[0];
  readonly paused: boolean;
}) {
  const { list, recent, isConnected, error } = useTap(filter, paused);
  if (recent.isError && list.rows.length === 0)
    return <ErrorState error={recent.error} what="the requests" retry={() => void recent.refetch()} />;
  if (recent.isPending) return <SkeletonRows rows={12} what="requests" />;
  return (
    <>
      <p role="status" className="min-h-8 px-3 py-2 text-muted text-xs">
        {[
          error
            ? "Not live: trying again"
            : isConnected
              ? "Live; sidecars log every second or two"
              : "Connecting …",
          ...(list.waited > 0 ? [`${plural(list.waited, "request")} waiting`] : []),
          ...(list.missed > 0 ? [`${plural(list.missed, "request")} more than can be shown`] : []),
        ].join(" · ")}
      </p>
      {list.rows.length === 0 ? (
        <EmptyState
          title="No such request in the last five minutes"
          icon={<Activity size={30} aria-hidden />}
        >
          One that comes is shown at once. Sidecars log requests where telemetry is on; see their
          `telemetry.otlp`.
        </EmptyState>
      ) : (
        <TapTable rows={list.rows} />
      )}
    </>
  );
}
