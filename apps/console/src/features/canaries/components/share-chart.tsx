"use client";

import { scaleLinear } from "d3-scale";
import type { CanaryTraffic } from "../../../server/canaries/traffic.ts";
import { formatShare } from "../../../ui/format/numbers.ts";
import { formatMoment } from "../../../ui/format/times.ts";
import { type ShareLayer, shareLayers } from "../view-model/share-layers.ts";

const width = 600;
const height = 160;

/** Shares of the versions over time, stacked to 100 %; changes as numbered lines, written out below. */
export function ShareChart({ traffic, hueOf }: { traffic: CanaryTraffic; hueOf(version: string): string }) {
  const layers = shareLayers(traffic.slots);
  const x = scaleLinear().domain([traffic.fromMs, traffic.toMs]).range([0, width]);
  const y = (share: number) => height - share * height;
  // A box an interval: a line through points would give the last interval before a gap no width at all.
  const shape = (points: ShareLayer["points"]) =>
    points
      .filter((point) => point !== null)
      .map(
        ({ atMs, from, to }) =>
          `M${x(Math.max(atMs, traffic.fromMs))},${y(from)}H${x(Math.min(atMs + traffic.slotMs, traffic.toMs))}V${y(to)}H${x(Math.max(atMs, traffic.fromMs))}Z`,
      )
      .join("");
  if (layers.length === 0) return <p className="text-muted">No requests in this window.</p>;
  return (
    <figure>
      <div className="relative">
        <svg
          role="img"
          aria-label={`Shares over time; at the end ${latest(layers)}`}
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          className="h-40 w-full rounded-sm bg-sunken"
        >
          {layers.map(({ version, points }) => (
            <path key={version} d={shape(points)} fill={hueOf(version)} shapeRendering="crispEdges" />
          ))}
          {traffic.marks.map((mark) => (
            <line
              key={`${mark.atMs} ${mark.text}`}
              x1={x(mark.atMs)}
              x2={x(mark.atMs)}
              y1={0}
              y2={height}
              className="stroke-text"
              strokeDasharray="3 3"
              vectorEffect="non-scaling-stroke"
            />
          ))}
        </svg>
        {traffic.marks.map((mark, index) => (
          <span
            key={`${mark.atMs} ${mark.text}`}
            aria-hidden
            className="absolute -top-2 flex size-4 -translate-x-1/2 items-center justify-center rounded-full bg-text font-mono text-[0.625rem] text-page"
            style={{ left: `${(x(mark.atMs) / width) * 100}%` }}
          >
            {index + 1}
          </span>
        ))}
      </div>
      <div className="flex justify-between pt-1 text-[0.6875rem] text-faint">
        <span>{formatMoment(traffic.fromMs, traffic.nowMs)}</span>
        <span className="flex gap-3">
          {layers.map(({ version }) => (
            <span key={version} className="inline-flex items-center gap-1">
              <span aria-hidden className="size-2 rounded-sm" style={{ background: hueOf(version) }} />
              {version}
            </span>
          ))}
        </span>
        <span>{formatMoment(traffic.toMs, traffic.nowMs)}</span>
      </div>
      {traffic.marks.length > 0 && (
        <ol aria-label="Changes in this window" className="mt-3 flex flex-col gap-1 text-xs">
          {traffic.marks.map((mark, index) => (
            <li key={`${mark.atMs} ${mark.text}`} className="flex gap-2">
              <span className="font-mono text-faint">{index + 1}</span>
              <span className="font-mono">{formatMoment(mark.atMs, traffic.nowMs)}</span>
              <span>{mark.text}</span>
              <span className="text-faint">{mark.author}</span>
            </li>
          ))}
        </ol>
      )}
    </figure>
  );
}

function latest(layers: readonly ShareLayer[]): string {
  return layers
    .map(({ version, points }) => {
      const last = points.findLast((point) => point !== null);
      return `${version} ${formatShare(last ? last.to - last.from : 0)}`;
    })
    .join(", ");
}
