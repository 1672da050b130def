"use client";

import type { Window } from "@weir/domain";
import { scaleLinear, scaleLog } from "d3-scale";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import type { Changes } from "../../../server/changes/list.ts";
import type { TraceRow } from "../../../server/traces/trace-row.ts";
import { formatNs } from "../../../ui/format/numbers.ts";
import { formatMoment } from "../../../ui/format/times.ts";
import { ChangeTicks } from "../../changes/index.ts";
import { useLink } from "../../frame/index.ts";
import { type Brush, useBrush } from "../hooks/use-brush.ts";
import { inRegion, type ScatterRegion } from "../view-model/scatter-region.ts";
import { spanTitle } from "../view-model/waterfall-span.ts";

const height = 120;
const width = 1000;
const inset = { left: 8, right: 8, top: 8, bottom: 8 };

interface ScatterProps {
  readonly traces: readonly TraceRow[];
  readonly fromMs: number;
  readonly toMs: number;
  /** Of what began before, nothing is known yet. */
  readonly searchedBackToMs: number | undefined;
  /** Drawn on the time axis. */
  readonly changes: Changes | undefined;
  readonly region: ScatterRegion | null;
  onRegion(region: ScatterRegion): void;
}

/**
 * Duration (log) against time: outliers catch the eye; a rectangle drawn over them leaves these in the list. For the
 * pointer only; the query's durations and the list below are the same for the keyboard, so the picture is one image to
 * a screen reader.
 */
export function TraceScatter(props: ScatterProps) {
  const { traces, fromMs, toMs, searchedBackToMs, changes, region, onRegion } = props;
  const router = useRouter();
  const link = useLink();
  const { x, y, ticks } = useMemo(() => scales(traces, fromMs, toMs), [traces, fromMs, toMs]);
  const { brush, handlers } = useBrush((drawn) => onRegion(regionOf(drawn, x, y)));
  const shown = brush ?? (region && brushOf(region, x, y));
  return (
    <figure className="rounded-md border border-line bg-surface p-2">
      <div className="relative mb-5">
        <div className="relative cursor-crosshair touch-pan-y select-none" {...handlers}>
          {searchedBackToMs !== undefined && searchedBackToMs > fromMs && (
            <span
              className="absolute inset-y-0 left-0 flex items-center justify-center overflow-hidden border-line-strong border-r border-dashed bg-sunken text-faint text-xs"
              style={{ width: `${(x(searchedBackToMs) / width) * 100}%` }}
            >
              not searched yet
            </span>
          )}
          {shown && (
            <span
              aria-hidden
              className="pointer-events-none absolute border border-accent bg-accent-soft"
              style={{
                ...{ left: `${shown.left * 100}%`, right: `${(1 - shown.right) * 100}%` },
                ...{ top: `${shown.top * 100}%`, bottom: `${(1 - shown.bottom) * 100}%` },
              }}
            />
          )}
          <svg
            role="img"
            aria-label={`Durations of ${traces.length} traces over time; the same are listed below`}
            viewBox={`0 0 ${width} ${height}`}
            preserveAspectRatio="none"
            className="relative h-30 w-full"
          >
            {ticks.map((ns) => (
              <line
                key={ns}
                x1={inset.left}
                x2={width - inset.right}
                y1={y(ns)}
                y2={y(ns)}
                className="stroke-line"
                vectorEffect="non-scaling-stroke"
              />
            ))}
            {traces.map((trace) => (
              // biome-ignore lint/a11y/noStaticElementInteractions: the list below has the same links
              <path
                key={trace.traceId}
                d={`M${x(trace.startMs)},${y(trace.durationNs)}h0`}
                onClick={() => router.push(link(`/traces/${trace.traceId}`))}
                className={`cursor-pointer hover:opacity-60 ${region && !inRegion(trace, region) ? "opacity-30" : ""} ${trace.errors > 0 ? "stroke-failing" : "stroke-series-1"}`}
                strokeLinecap={trace.errors > 0 ? "square" : "round"}
                strokeWidth={trace.errors > 0 ? 8 : 7}
                vectorEffect="non-scaling-stroke"
              >
                <title>{`${trace.service} ${spanTitle(trace)}: ${formatNs(trace.durationNs)}${trace.errors > 0 ? ", with errors" : ""}`}</title>
              </path>
            ))}
          </svg>
          {ticks.map((ns) => (
            <span
              key={ns}
              aria-hidden
              className="absolute left-1 -translate-y-1/2 bg-surface pr-1 font-mono text-[0.6875rem] text-faint"
              style={{ top: `${(y(ns) / height) * 100}%` }}
            >
              {formatNs(ns)}
            </span>
          ))}
        </div>
        <ChangeTicks changes={changes} axis={borders(fromMs, toMs)} of="the durations" />
      </div>
      <figcaption className="px-1 text-[0.6875rem] text-faint">
        <span className="flex justify-between font-mono">
          <span>{formatMoment(fromMs, toMs)}</span>
          <span>{formatMoment(toMs, toMs)}</span>
        </span>
        <span className="flex flex-wrap items-center justify-center gap-x-3 sm:-mt-4">
          <span>Duration against time; draw a rectangle to choose</span>
          <span className="inline-flex items-center gap-1">
            <span className="size-2 rounded-full bg-series-1" /> without errors
          </span>
          <span className="inline-flex items-center gap-1">
            <span className="size-2 bg-failing" /> with errors
          </span>
        </span>
      </figcaption>
    </figure>
  );
}

/** The moments at the borders of the picture, which stand apart from those of the window. */
function borders(fromMs: number, toMs: number): Window {
  const perUnit = (toMs - fromMs) / (width - inset.left - inset.right);
  return { fromMs: fromMs - inset.left * perUnit, toMs: toMs + inset.right * perUnit };
}

type Scales = ReturnType<typeof scales>;

function regionOf({ left, right, top, bottom }: Brush, x: Scales["x"], y: Scales["y"]): ScatterRegion {
  return {
    ...{ fromMs: Math.floor(x.invert(left * width)), toMs: Math.ceil(x.invert(right * width)) },
    ...{ minNs: Math.floor(y.invert(bottom * height)), maxNs: Math.ceil(y.invert(top * height)) },
  };
}

function brushOf({ fromMs, toMs, minNs, maxNs }: ScatterRegion, x: Scales["x"], y: Scales["y"]): Brush {
  const down = (ns: number) => Math.max(0, Math.min(1, y(Math.max(1, ns)) / height));
  return { left: x(fromMs) / width, right: x(toMs) / width, top: down(maxNs), bottom: down(minNs) };
}

function scales(traces: readonly TraceRow[], fromMs: number, toMs: number) {
  const durations = traces.map((trace) => Math.max(1, trace.durationNs));
  const least = Math.min(...durations);
  const most = Math.max(...durations);
  const x = scaleLinear()
    .domain([fromMs, toMs])
    .range([inset.left, width - inset.right])
    .clamp(true);
  const y = scaleLog()
    .domain([least / 1.3, most * 1.3])
    .range([height - inset.bottom, inset.top]);
  const decades = Array.from({ length: 14 }, (_, power) => 10 ** power);
  return { x, y, ticks: decades.filter((ns) => ns > least / 1.3 && ns < most * 1.3) };
}
