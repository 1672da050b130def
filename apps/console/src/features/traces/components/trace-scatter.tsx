"use client";

import { scaleLinear, scaleLog } from "d3-scale";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import type { TraceRow } from "../../../server/traces/trace-row.ts";
import { formatNs } from "../../../ui/format/numbers.ts";
import { formatMoment } from "../../../ui/format/times.ts";
import { spanTitle } from "../view-model/waterfall-span.ts";

const height = 120;
const width = 1000;
const inset = { left: 8, right: 8, top: 8, bottom: 8 };

interface ScatterProps {
  readonly traces: readonly TraceRow[];
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Duration (log) against time: outliers catch the eye. For the pointer only; the list below is the same for the
 * keyboard, so the picture is one image to a screen reader.
 */
export function TraceScatter({ traces, fromMs, toMs }: ScatterProps) {
  const router = useRouter();
  const { x, y, ticks } = useMemo(() => scales(traces, fromMs, toMs), [traces, fromMs, toMs]);
  return (
    <figure className="rounded-md border border-line bg-surface p-2">
      <div className="relative">
        <svg
          role="img"
          aria-label={`Durations of ${traces.length} traces over time; the same are listed below`}
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          className="h-30 w-full"
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
              onClick={() => router.push(`/traces/${trace.traceId}`)}
              className={`cursor-pointer hover:opacity-60 ${trace.errors > 0 ? "stroke-failing" : "stroke-series-1"}`}
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
      <figcaption className="px-1 text-[0.6875rem] text-faint">
        <span className="flex justify-between">
          <span>{formatMoment(fromMs, toMs)}</span>
          <span>{formatMoment(toMs, toMs)}</span>
        </span>
        <span className="flex flex-wrap items-center justify-center gap-x-3 sm:-mt-4">
          <span>Duration against time</span>
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
