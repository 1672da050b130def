"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useMemo, useRef } from "react";
import { alone } from "../../../client/make-clients.ts";
import { useTRPC } from "../../../client/trpc.ts";
import type { LaidOutTrace } from "../hooks/use-laid-out-trace.ts";
import { useWaterfall } from "../hooks/use-waterfall.ts";
import { useWaterfallKeys } from "../hooks/use-waterfall-keys.ts";
import { spanMarks } from "../view-model/span-marks.ts";
import { DrawerFrame } from "./drawer-frame.tsx";
import { Minimap } from "./minimap.tsx";
import { TraceHeader } from "./trace-header.tsx";
import { TraceToolbar } from "./trace-toolbar.tsx";
import { Waterfall } from "./waterfall.tsx";

const SpanDrawer = dynamic(() => import("./span-drawer.tsx").then((module) => module.SpanDrawer), {
  ssr: false,
  loading: () => <DrawerFrame />,
});

const noMarks = { requests: [], logs: [] };

/** Head, waterfall, and the opened span beside it. */
export function TraceView({ trace, layout }: LaidOutTrace) {
  const trpc = useTRPC();
  const { traceId } = trace;
  const state = useWaterfall(layout);
  const logs = useQuery(trpc.traces.logs.queryOptions({ traceId }, { trpc: alone, staleTime: 20_000 }));
  const marks = useMemo(() => spanMarks(logs.data ?? noMarks), [logs.data]);
  const grid = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  useWaterfallKeys(state, grid, search);
  return (
    <div className="flex h-full flex-col bg-surface">
      <TraceHeader trace={trace} state={state} />
      <Minimap state={state} />
      <TraceToolbar state={state} grid={grid} search={search} />
      <div className="flex min-h-0 grow max-lg:flex-col">
        <Waterfall state={state} marks={marks} grid={grid} />
        {state.detail && (
          <SpanDrawer
            traceId={traceId}
            traceStartNs={state.tree.startNs}
            traceStartMs={trace.startMs}
            node={state.detail}
            logs={logs}
            onClose={() => {
              state.act({ type: "close" });
              grid.current?.focus();
            }}
          />
        )}
      </div>
    </div>
  );
}
