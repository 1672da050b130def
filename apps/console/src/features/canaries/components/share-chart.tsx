"use client";

import { scaleLinear } from "d3-scale";
import type { CanaryTraffic } from "../../../server/canaries/traffic.ts";
import type { Changes } from "../../../server/changes/list.ts";
import { formatShare } from "../../../ui/format/numbers.ts";
import { formatMoment } from "../../../ui/format/times.ts";
import { ChangeList, ChangeTicks } from "../../changes/index.ts";
import { type ShareLayer, shareLayers } from "../view-model/share-layers.ts";

const width = 600;
const height = 160;

/** Changes, of the newest, that are written out below. */
const written = 8;

interface ShareChartProps {
  readonly traffic: CanaryTraffic;
  /** Of the service, in the window. */
  readonly changes: Changes | undefined;
  hueOf(version: string): string;
}

/** Shares of the versions over time, stacked to 100 %; changes as ticks, written out below. */
export function ShareChart({ traffic, changes, hueOf }: ShareChartProps) {
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
      <div className="relative mb-5">
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
        </svg>
        <ChangeTicks changes={changes} axis={traffic} of="the shares" />
      </div>
      <div className="flex justify-between pt-1 text-[0.6875rem] text-faint">
        <span className="font-mono">{formatMoment(traffic.fromMs, traffic.nowMs)}</span>
        <span className="flex gap-3">
          {layers.map(({ version }) => (
            <span key={version} className="inline-flex items-center gap-1">
              <span aria-hidden className="size-2 rounded-sm" style={{ background: hueOf(version) }} />
              {version}
            </span>
          ))}
        </span>
        <span className="font-mono">{formatMoment(traffic.toMs, traffic.nowMs)}</span>
      </div>
      {changes && changes.changes.length > 0 && (
        <div className="mt-3">
          <ChangeList changes={changes.changes.slice(-written)} nowMs={traffic.nowMs} />
          {changes.changes.length > written && (
            <p className="mt-2 text-faint text-xs">Older ones are told by the ticks.</p>
          )}
        </div>
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
