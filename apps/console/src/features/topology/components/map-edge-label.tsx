import { healthOf, type PlacedEdge } from "@weir/graph";
import { memo } from "react";
import type { MapEdge as Edge } from "../../../server/topology/topology-view.ts";
import { classes } from "../../../ui/classes.ts";
import { briefRate, briefSeconds, formatShare } from "../../../ui/format/numbers.ts";
import { labelSize } from "../view-model/measures.ts";
import { onEnter } from "../view-model/on-enter.ts";
import { HealthShape, healthText } from "./health-glyph.tsx";

interface MapEdgeLabelProps {
  readonly edge: Edge;
  readonly placed: PlacedEdge;
  readonly description: string;
  readonly selected: boolean;
  readonly dimmed: boolean;
  /** There is room, or interest; otherwise only a dot that can be focused. */
  readonly shown: boolean;
  onSelect(id: string): void;
}

/** What an edge carries: rate and error share, and the 99th percentile below. */
export const MapEdgeLabel = memo(function MapEdgeLabel(props: MapEdgeLabelProps) {
  const { edge, placed, description, selected, dimmed, shown, onSelect } = props;
  const health = healthOf(edge);
  const { width, height } = labelSize;
  const { x, y } = placed.labelAt;
  const open = () => onSelect(edge.id);
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button
    <g
      role="button"
      tabIndex={0}
      aria-label={description}
      aria-pressed={selected}
      data-edge={edge.id}
      transform={`translate(${x - width / 2} ${y - height / 2})`}
      className={classes("map-focus cursor-pointer", dimmed && "opacity-50")}
      onClick={open}
      onKeyDown={onEnter(open)}
    >
      <rect
        width={width}
        height={height}
        rx={4}
        className="map-ring"
        fill={shown || selected ? "var(--page)" : "transparent"}
        fillOpacity={0.92}
        stroke={selected ? "var(--accent)" : "transparent"}
        strokeWidth={1.5}
      />
      {(shown || selected) && (
        <g className="font-mono text-[11px]" fill="var(--text)">
          <text x={width / 2 - 7} y={13.5} textAnchor="end">
            {edge.sampled ? "≥\u202f" : ""}
            {briefRate(edge.rps)}
          </text>
          <g transform={`translate(${width / 2 - 2} 5)`} className={healthText[health]}>
            <HealthShape health={health} />
          </g>
          <text
            x={width / 2 + 12}
            y={13.5}
            className={edge.errors > 0 ? healthText[health] : ""}
            fill={edge.errors > 0 ? "currentColor" : "var(--text-faint)"}
          >
            {formatShare(edge.errorShare)}
          </text>
          <text x={width / 2} y={27} textAnchor="middle" fill="var(--text-muted)">
            {edge.evidence === "spans" ? "spans p99" : "p99"} {briefSeconds(edge.p99)}
          </text>
        </g>
      )}
    </g>
  );
});
