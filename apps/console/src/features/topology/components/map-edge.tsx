import { edgeWidth, healthOf, type PlacedEdge, type Point, pathOf } from "@weir/graph";
import { memo } from "react";
import type { MapEdge as Edge } from "../../../server/topology/topology-view.ts";
import { classes } from "../../../ui/classes.ts";
import { shortened } from "../view-model/arrow.ts";
import type { MapOutlook } from "../view-model/map-outlook.ts";
import { healthDash, healthText } from "./health-glyph.tsx";
import { outlookLooks } from "./outlook-looks.ts";

const arrowLength = 9;

interface MapEdgeProps {
  readonly edge: Edge;
  readonly placed: PlacedEdge;
  readonly selected: boolean;
  /** Something else is selected and this has no part in it. */
  readonly dimmed: boolean;
  /** What would become of its requests, where lines say that; undefined: they tell health. */
  readonly outlook: MapOutlook["group"] | "unchanged" | undefined;
  onSelect(id: string): void;
}

/** The line of an edge: width by rate, colour and dashes by health, or by what would become of its requests. Its label is what the keyboard reaches. */
export const MapEdge = memo(function MapEdge(props: MapEdgeProps) {
  const { edge, placed, selected, dimmed, outlook, onSelect } = props;
  const health = healthOf(edge);
  const width = edgeWidth(edge.rps);
  const look = outlook ? outlookLooks[outlook] : { text: healthText[health], dash: healthDash[health] };
  const isQuiet = outlook ? outlook === "unchanged" : health === "ok";
  const { points, tip, angle } = shortened(placed.points, arrowLength);
  const path = pathOf({ ...placed, points }, 12);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the label is the button; the line only makes it larger for the mouse
    <g
      className={classes("cursor-pointer", look.text, dimmed && "opacity-35")}
      onClick={() => onSelect(edge.id)}
    >
      {selected && (
        <path d={path} fill="none" stroke="var(--accent)" strokeOpacity={0.28} strokeWidth={width + 10} />
      )}
      <path
        d={path}
        fill="none"
        stroke="currentColor"
        strokeWidth={width}
        strokeOpacity={isQuiet ? 0.6 : 0.95}
        strokeDasharray={look.dash}
        strokeLinejoin="round"
      />
      <Arrow at={tip} angle={angle} width={width} />
      <path d={path} fill="none" stroke="transparent" strokeWidth={18} />
    </g>
  );
});

function Arrow({ at, angle, width }: { at: Point; angle: number; width: number }) {
  const half = 3.2 + width * 0.55;
  return (
    <path
      transform={`translate(${at.x} ${at.y}) rotate(${angle})`}
      d={`M0 0L${-arrowLength - 1} ${-half}V${half}Z`}
      fill="currentColor"
    />
  );
}
