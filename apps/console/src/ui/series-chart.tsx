"use client";

import type { Window } from "@weir/domain";
import { scaleLinear } from "d3-scale";
import { area, line } from "d3-shape";
import { type ReactNode, useState } from "react";
import { classes } from "./classes.ts";
import { formatMoment } from "./format/times.ts";

export interface Series {
  readonly name: string;
  /** A token such as `var(--series-1)`. */
  readonly color: string;
  /** One for each moment; undefined where nothing was measured, and the line is broken there. */
  readonly values: readonly (number | undefined)[];
  readonly dash?: string;
}

interface SeriesChartProps {
  readonly title: string;
  /** Middle of each interval, ms since 1970. */
  readonly momentsMs: readonly number[];
  readonly series: readonly Series[];
  /** Lines only, or one series as a filled area. */
  readonly filled?: boolean;
  format(value: number | undefined): string;
  /** Least top of the scale, so that noise does not look like a mountain. */
  readonly atLeast?: number;
  /** Drawn over the chart, in its box; given the moments at its left and right border. What hangs below has 20 pixels. */
  marks?(axis: Window): ReactNode;
}

const width = 100;
const height = 100;
/** Of the box, from 0 to 1: no line comes so high, so that there is room for words. */
export const headroom = 0.24;

/** A number over time: small, with its top written, and the values under the pointer read out. */
export function SeriesChart(props: SeriesChartProps) {
  const { title, momentsMs, series, filled, format, atLeast = 0, marks } = props;
  const [pointed, setPointed] = useState<number>();
  const known = series.flatMap((one) => one.values.filter((value) => value !== undefined));
  const top = Math.max(atLeast, ...known);
  const x = scaleLinear()
    .domain([0, Math.max(1, momentsMs.length - 1)])
    .range([0, width]);
  const y = scaleLinear()
    .domain([0, top || 1])
    .range([height, height * headroom]);
  const index = pointed ?? momentsMs.length - 1;
  const at = momentsMs[index];
  const shape = line<number | undefined>()
    .defined((value) => value !== undefined)
    .x((_, i) => x(i))
    .y((value) => y(value ?? 0));
  const fill = area<number | undefined>()
    .defined((value) => value !== undefined)
    .x((_, i) => x(i))
    .y0(height)
    .y1((value) => y(value ?? 0));
  return (
    <figure>
      <figcaption className="flex items-baseline gap-x-3 text-xs">
        <span className="grow font-medium text-muted">
          {title}
          {pointed !== undefined && at !== undefined && (
            <span className="ml-2 font-mono text-faint">{formatMoment(at, at)}</span>
          )}
        </span>
        <span className="flex flex-wrap justify-end gap-x-3">
          {series.map((one) => (
            <span key={one.name} className="inline-flex items-center gap-1.5 font-mono">
              <svg aria-hidden width={14} height={4}>
                <path d="M0 2H14" stroke={one.color} strokeWidth={2} strokeDasharray={one.dash} />
              </svg>
              {series.length > 1 && <span className="text-faint">{one.name}</span>}
              {format(one.values[index])}
            </span>
          ))}
        </span>
      </figcaption>
      <div className={classes("relative mt-1 border-line border-b", marks && "mb-5")}>
        <svg
          role="img"
          aria-label={`${title}: now ${series.map((one) => `${one.name} ${format(one.values.at(-1))}`).join(", ")}; most ${format(top)}`}
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          className="h-16 w-full"
          onPointerMove={(event) => {
            const box = event.currentTarget.getBoundingClientRect();
            const share = (event.clientX - box.left) / box.width;
            setPointed(
              Math.min(momentsMs.length - 1, Math.max(0, Math.round(share * (momentsMs.length - 1)))),
            );
          }}
          onPointerLeave={() => setPointed(undefined)}
        >
          {filled &&
            series.map((one) => (
              <path key={one.name} d={fill([...one.values]) ?? ""} fill={one.color} opacity={0.16} />
            ))}
          {series.map((one) => (
            <path
              key={one.name}
              d={shape([...one.values]) ?? ""}
              fill="none"
              stroke={one.color}
              strokeWidth={1.5}
              strokeDasharray={one.dash}
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {pointed !== undefined && (
            <path
              d={`M${x(pointed)} 0V${height}`}
              stroke="var(--text-faint)"
              strokeWidth={1}
              vectorEffect="non-scaling-stroke"
            />
          )}
        </svg>
        <span className="pointer-events-none absolute top-0 left-0 font-mono text-[0.625rem] text-faint">
          {known.length > 0 ? format(top) : "no data"}
        </span>
        {marks?.({ fromMs: momentsMs[0] ?? 0, toMs: momentsMs.at(-1) ?? 0 })}
      </div>
    </figure>
  );
}
