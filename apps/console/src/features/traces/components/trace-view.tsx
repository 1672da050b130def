"use client";

import dynamic from "next/dynamic";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import type { LaidOutTrace } from "../hooks/use-laid-out-trace.ts";
import { useTraceView } from "../hooks/use-trace-view.ts";
import { useWaterfall } from "../hooks/use-waterfall.ts";
import { printTerm } from "../view-model/query/print-query.ts";
import { TimelineView } from "./timeline-view.tsx";
import { TraceHeader } from "./trace-header.tsx";
import { ViewSwitch } from "./view-switch.tsx";

const FlameView = dynamic(() => import("./flame-view.tsx").then((module) => module.FlameView), {
  ssr: false,
  loading: () => <SkeletonRows rows={6} what="the flame graph" />,
});
const StatisticsView = dynamic(
  () => import("./statistics-view.tsx").then((module) => module.StatisticsView),
  {
    ssr: false,
    loading: () => <SkeletonRows rows={6} what="the statistics" />,
  },
);

/** What a trace is, and its spans as a timeline, as a flame graph or in numbers. */
export function TraceView({ trace, layout }: LaidOutTrace) {
  const { view, setView, showFound } = useTraceView();
  const state = useWaterfall(trace.traceId, layout);
  const views = <ViewSwitch view={view} onChange={setView} />;
  const find = (service: string, operation: string | undefined) =>
    showFound(
      operation === undefined
        ? printTerm("service", "=", service)
        : `${printTerm("service", "=", service)} ${printTerm("operation", "=", operation)}`,
    );
  return (
    <div className="flex h-full flex-col bg-surface">
      <TraceHeader
        trace={trace}
        state={state}
        onNextError={() => {
          setView("timeline");
          state.act({ type: "error", step: 1 });
        }}
      />
      {view === "timeline" && <TimelineView trace={trace} state={state} views={views} />}
      {view === "flame" && <FlameView layout={layout} views={views} onFind={find} />}
      {view === "statistics" && <StatisticsView layout={layout} views={views} onFind={find} />}
    </div>
  );
}
