"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useId, useMemo, useRef } from "react";
import { formatNs } from "../../../ui/format/numbers.ts";
import { useNarrow } from "../hooks/use-narrow.ts";
import type { WaterfallState } from "../hooks/use-waterfall.ts";
import type { SpanMarks } from "../view-model/span-marks.ts";
import type { WaterfallRow } from "../view-model/waterfall-rows.ts";
import { spanTitle } from "../view-model/waterfall-span.ts";
import { hueOf } from "./service-mark.tsx";
import { axisTicks, TimeAxis, TimeLines } from "./time-axis.tsx";
import { WaterfallRowView, waterfallColumns } from "./waterfall-row.tsx";

const rowHeight = 28;
const narrowRowHeight = 46;
const axisHeight = 28;

/** All spans in their tree against time; only those in sight are in the page. */
export function Waterfall({
  state,
  marks,
  grid,
}: {
  state: WaterfallState;
  /** By span id. */
  marks: ReadonlyMap<string, SpanMarks>;
  grid: RefObject<HTMLDivElement | null>;
}) {
  const { tree, rows, selected, open, fold, view } = state;
  const id = useId();
  const narrow = useNarrow();
  const height = narrow ? narrowRowHeight : rowHeight;
  const ticks = useMemo(() => axisTicks(view, tree.startNs, narrow ? 3 : 5), [view, tree, narrow]);
  const hues = useMemo(
    () => new Map(state.facts.services.map(({ name }) => [name, hueOf(state.facts.services, name)])),
    [state.facts],
  );
  // A new function would make the virtualiser place all rows anew, at every key press.
  const keyOf = useCallback((index: number) => rows[index]?.key ?? index, [rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => grid.current,
    estimateSize: () => height,
    getItemKey: keyOf,
    overscan: 6,
    scrollMargin: axisHeight,
    scrollPaddingStart: axisHeight,
  });
  const toggle = useCallback(
    (row: WaterfallRow) => {
      fold(row.key, row.expanded);
      grid.current?.focus();
    },
    [fold, grid],
  );
  const shown = useRef<string>(undefined);
  const { measure } = virtual;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another height makes every position wrong
  useEffect(() => measure(), [measure, height]);
  useEffect(() => {
    if (selected === shown.current) return;
    const index = rows.findIndex((row) => row.key === selected);
    if (index < 0) return;
    shown.current = selected;
    virtual.scrollToIndex(index, { align: "auto" });
  }, [selected, rows, virtual]);

  return (
    <div className="flex min-h-0 min-w-0 grow flex-col">
      <div
        ref={grid}
        role="tree"
        tabIndex={0}
        aria-label="Spans of this trace"
        aria-activedescendant={selected === undefined ? undefined : `${id}-${selected}`}
        className="group/tree relative min-h-0 grow overflow-y-scroll overflow-x-hidden -outline-offset-2"
      >
        {/* Inside what scrolls, so that a scroll bar takes as much from the axis as from the bars. */}
        <div
          aria-hidden
          className={`${waterfallColumns} sticky top-0 z-10 items-center border-line border-b bg-sunken text-xs`}
          style={{ height: axisHeight }}
        >
          <span className="px-3 text-faint max-sm:hidden">Service and operation</span>
          <TimeAxis ticks={ticks} />
        </div>
        <div role="presentation" className="relative w-full" style={{ height: virtual.getTotalSize() }}>
          <div aria-hidden className={`${waterfallColumns} absolute inset-0 max-sm:grid-rows-1`}>
            <TimeLines ticks={ticks} />
          </div>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            return (
              <div
                key={item.key}
                role="presentation"
                className="absolute inset-x-0 top-0"
                style={{ height, transform: `translateY(${item.start - axisHeight}px)` }}
              >
                <WaterfallRowView
                  id={`${id}-${row.key}`}
                  row={row}
                  tree={tree}
                  view={view}
                  marks={marks.get(row.node.span.spanId)}
                  hue={hues.get(row.node.span.service) ?? "var(--series-1)"}
                  critical={state.path.get(row.key)}
                  selected={row.key === selected}
                  matches={state.found.matching.has(row.key)}
                  leads={state.found.leading.has(row.key)}
                  onOpen={open}
                  onToggle={toggle}
                />
              </div>
            );
          })}
        </div>
      </div>
      <p className="sr-only" aria-live="polite">
        {announce(state)}
      </p>
    </div>
  );
}

/** What moving through the tree by keys says. */
function announce({ tree, selected }: WaterfallState): string {
  const node = selected === undefined ? undefined : tree.nodes.get(selected);
  if (!node) return "";
  const failed = node.span.status === 2 ? ", failed" : "";
  return `${node.span.service} ${spanTitle(node.span)}, ${formatNs(node.span.durationNs)}${failed}`;
}
