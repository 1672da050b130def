"use client";

import { useRef } from "react";
import type { FoundTrace } from "../../../server/traces/trace-view.ts";
import { useWaterfall } from "../hooks/use-waterfall.ts";
import { useWaterfallKeys } from "../hooks/use-waterfall-keys.ts";
import { SpanDrawer } from "./span-drawer.tsx";
import { TraceHeader } from "./trace-header.tsx";
import { TraceToolbar } from "./trace-toolbar.tsx";
import { Waterfall } from "./waterfall.tsx";

/** Head, waterfall, and the opened span beside it. */
export function TraceView({ trace }: { trace: FoundTrace }) {
  const state = useWaterfall(trace.spans);
  const grid = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  useWaterfallKeys(state, grid, search);
  return (
    <div className="flex h-full flex-col bg-surface">
      <TraceHeader trace={trace} state={state} />
      <TraceToolbar state={state} grid={grid} search={search} />
      <div className="flex min-h-0 grow max-lg:flex-col">
        <Waterfall state={state} grid={grid} />
        {state.detail && (
          <SpanDrawer
            traceId={trace.traceId}
            traceStartNs={state.tree.startNs}
            node={state.detail}
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
