import { type Health, healthOf, type PlacedEdge } from "@weir/graph";
import dynamic from "next/dynamic";
import { memo } from "react";
import type { MapEdge as Edge } from "../../../server/topology/topology-view.ts";
import { classes } from "../../../ui/classes.ts";
import { type EdgeLabel, type EdgeLabelText, edgeLabelText } from "../view-model/edge-label.ts";
import type { MapOutlook } from "../view-model/map-outlook.ts";
import { labelSize } from "../view-model/measures.ts";
import { onEnter } from "../view-model/on-enter.ts";
import { HealthShape, healthText } from "./health-glyph.tsx";
import { MapMarks } from "./map-marks.tsx";

// For labels that are chosen seldom.
const GroupSign = dynamic(() => import("./group-sign.tsx").then((module) => module.GroupSign), {
  ssr: false,
});
const LockSign = dynamic(() => import("./lock-sign.tsx").then((module) => module.LockSign), { ssr: false });

interface MapEdgeLabelProps {
  readonly edge: Edge;
  readonly placed: PlacedEdge;
  readonly description: string;
  readonly selected: boolean;
  readonly dimmed: boolean;
  /** There is room, or interest; otherwise only a dot that can be focused. */
  readonly shown: boolean;
  /** What it says of the edge. */
  readonly label: EdgeLabel;
  /** What would become of its requests, for the label that says so. */
  readonly outlook: MapOutlook | undefined;
  onSelect(id: string): void;
}

/** What an edge carries, in the figures that were chosen. */
export const MapEdgeLabel = memo(function MapEdgeLabel(props: MapEdgeLabelProps) {
  const { edge, placed, description, selected, dimmed, shown, label, outlook, onSelect } = props;
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
        <EdgeFigures
          text={edgeLabelText(edge, label, outlook)}
          health={health}
          failed={edge.errors > 0}
          {...((label === "enforced" || label === "draft") && { group: outlook?.group ?? "unchanged" })}
        />
      )}
      {edge.marks && <MapMarks marks={edge.marks} x={width / 2 + (edge.marks.length - 1) * 10} y={-9} />}
    </g>
  );
});

/** Two lines: with an aside the sign of health stands in the middle of the first, else before it. */
interface EdgeFiguresProps {
  readonly text: EdgeLabelText;
  readonly health: Health;
  readonly failed: boolean;
  /** Its sign stands in the place of that of health. */
  readonly group?: MapOutlook["group"] | "unchanged";
}

function EdgeFigures({ text, health, failed, group }: EdgeFiguresProps) {
  const middle = labelSize.width / 2;
  const { main, aside, below } = text;
  const signAt = aside === undefined ? middle - (main.length * figureWidth) / 2 - 7 : middle - 2;
  return (
    <g className="font-mono text-[11px]" fill="var(--text)">
      <text
        x={aside === undefined ? middle + 7 : middle - 7}
        y={13.5}
        textAnchor={aside === undefined ? "middle" : "end"}
      >
        {main}
      </text>
      {group ? (
        <GroupSign group={group} x={signAt} />
      ) : text.lock ? (
        <LockSign lock={text.lock} x={signAt} />
      ) : (
        <g transform={`translate(${signAt} 5)`} className={healthText[health]}>
          <HealthShape health={health} />
        </g>
      )}
      {aside !== undefined && (
        <text
          x={middle + 12}
          y={13.5}
          className={failed ? healthText[health] : ""}
          fill={failed ? "currentColor" : "var(--text-faint)"}
        >
          {aside}
        </text>
      )}
      <text x={middle} y={27} textAnchor="middle" fill="var(--text-muted)">
        {below}
      </text>
    </g>
  );
}

/** Of a character of the labels, in pixels. */
const figureWidth = 6.6;
