"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { type ReactNode, useMemo, useRef } from "react";
import { alone } from "../../../client/make-clients.ts";
import { useTRPC } from "../../../client/trpc.ts";
import type { FoundTrace } from "../../../server/traces/by-id.ts";
import type { WaterfallState } from "../hooks/use-waterfall.ts";
import { useWaterfallKeys } from "../hooks/use-waterfall-keys.ts";
import { withTerm } from "../view-model/query/print-query.ts";
import { spanMarks } from "../view-model/span-marks.ts";
import { DrawerFrame } from "./drawer-frame.tsx";
import { Minimap } from "./minimap.tsx";
import { TraceToolbar } from "./trace-toolbar.tsx";
import { Waterfall } from "./waterfall.tsx";

const SpanDrawer = dynamic(() => import("./span-drawer.tsx").then((module) => module.SpanDrawer), {
  ssr: false,
  loading: () => <DrawerFrame />,
});

const noMarks = { requests: [], logs: [] };

interface TimelineProps {
  readonly trace: FoundTrace;
  readonly state: WaterfallState;
  /** Stands first among the controls. */
  readonly views: ReactNode;
}

/** The spans against time, and the opened one beside them. */
export function TimelineView({ trace, state, views }: TimelineProps) {
  const trpc = useTRPC();
  const { traceId } = trace;
  const logs = useQuery(trpc.traces.logs.queryOptions({ traceId }, { trpc: alone, staleTime: 20_000 }));
  const marks = useMemo(() => spanMarks(logs.data ?? noMarks), [logs.data]);
  const grid = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  useWaterfallKeys(state, grid, search);
  return (
    <>
      <TraceToolbar state={state} grid={grid} search={search} views={views} />
      <Minimap state={state} />
      <div className="flex min-h-0 grow max-lg:flex-col">
        <Waterfall state={state} marks={marks} grid={grid} />
        {state.detail && (
          <SpanDrawer
            traceId={traceId}
            traceStartNs={state.tree.startNs}
            traceStartMs={trace.startMs}
            node={state.detail}
            logs={logs}
            onFind={(name, value) => state.found.setFind(withTerm(state.found.find, name, "=", value))}
            onClose={() => {
              state.act({ type: "close" });
              grid.current?.focus();
            }}
          />
        )}
      </div>
    </>
  );
}
