"use client";

import type { Window } from "@weir/domain";
import { type ReactNode, useId } from "react";
import type { Region } from "../../../server/heatmap/region.ts";
import { formatSeconds } from "../../../ui/format/numbers.ts";
import { formatMoment } from "../../../ui/format/times.ts";
import { useCellBrush } from "../hooks/use-cell-brush.ts";
import { useHeatCanvas } from "../hooks/use-heat-canvas.ts";
import { type HeatGrid, heightOf, latencyTicks } from "../view-model/heat-grid.ts";
import { boxOf, type CellBox, regionOf } from "../view-model/heat-region.ts";
import { boxWords } from "../view-model/heat-words.ts";
import { HeatmapLegend } from "./heatmap-legend.tsx";

interface HeatmapFigureProps {
  readonly grid: HeatGrid;
  /** Whose requests, such as "payments". */
  readonly of: string;
  readonly region: Region | null;
  onRegion(region: Region | null): void;
  /** Drawn over the heatmap; given the moments at its left and right border. */
  marks(axis: Window): ReactNode;
}

/** Latency (log) against time, coloured by how many requests there were; a part of it can be chosen. */
export function HeatmapFigure({ grid, of, region, onRegion, marks }: HeatmapFigureProps) {
  const canvas = useHeatCanvas(grid);
  const keys = useId();
  const brush = useCellBrush(grid, (box) => onRegion(box ? regionOf(grid, box) : null));
  const chosen = region ? boxOf(grid, region) : undefined;
  const words = brush.box && boxWords(grid, brush.box);
  const endMs = grid.fromMs + grid.columns * grid.stepMs;
  return (
    <figure>
      <p className="h-5 truncate font-mono text-muted text-xs" aria-hidden>
        {words ? (
          <>
            <span className="text-text">{words.requests}</span> · {words.took} · {words.when}
          </>
        ) : (
          <span className="font-sans text-faint">Draw a rectangle to see what sets its requests apart</span>
        )}
      </p>
      <div className="grid grid-cols-[2.75rem_1fr]">
        <LatencyAxis grid={grid} />
        <div className="relative mb-5">
          <div
            role="application"
            aria-roledescription="heatmap"
            aria-label={`Latency of ${of} over time, ${grid.requests} requests`}
            aria-describedby={keys}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: an application is operated by the keyboard
            tabIndex={0}
            className="relative h-44 cursor-crosshair touch-pan-y select-none border-line border-b border-l"
            {...brush.handlers}
          >
            <canvas ref={canvas} className="size-full" />
            {chosen && <BoxOutline grid={grid} box={chosen} className="border-2 border-accent" />}
            {brush.box && <BoxOutline grid={grid} box={brush.box} className="border border-text" />}
          </div>
          {marks({ fromMs: grid.fromMs, toMs: endMs })}
        </div>
        <div
          aria-hidden
          className="col-start-2 flex justify-between pt-0.5 font-mono text-[0.6875rem] text-faint"
        >
          <span>{formatMoment(grid.fromMs, endMs)}</span>
          <span>{formatMoment(endMs, endMs)}</span>
        </div>
      </div>
      <HeatmapLegend most={grid.most} />
      <p id={keys} className="sr-only">
        Arrow keys move through times and latencies, Page Up and Page Down by five, Home and End to the oldest
        and newest. Shift extends the choice, Enter takes it, Escape gives it up.
      </p>
      <p role="status" className="sr-only">
        {brush.by === "keys" && words ? `${words.requests}, ${words.took}, ${words.when}` : ""}
      </p>
    </figure>
  );
}

function LatencyAxis({ grid }: { grid: HeatGrid }) {
  return (
    <div aria-hidden className="relative">
      {latencyTicks(grid).map((seconds) => (
        <span
          key={seconds}
          className="absolute right-1.5 translate-y-1/2 whitespace-nowrap font-mono text-[0.6875rem] text-faint"
          style={{ bottom: `${heightOf(grid, seconds) * 100}%` }}
        >
          {formatSeconds(seconds)}
        </span>
      ))}
    </div>
  );
}

interface BoxOutlineProps {
  readonly grid: HeatGrid;
  readonly box: CellBox;
  readonly className: string;
}

function BoxOutline({ grid: { columns, rows }, box, className }: BoxOutlineProps) {
  return (
    <span
      aria-hidden
      className={`pointer-events-none absolute ${className}`}
      style={{
        ...{ left: `${(box.left / columns) * 100}%`, right: `${(1 - (box.right + 1) / columns) * 100}%` },
        ...{ bottom: `${(box.bottom / rows) * 100}%`, top: `${(1 - (box.top + 1) / rows) * 100}%` },
      }}
    />
  );
}
