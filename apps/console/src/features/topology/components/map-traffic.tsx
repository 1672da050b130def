import { healthOf, type PlacedEdge, pathOf } from "@weir/graph";
import { memo, useLayoutEffect, useMemo, useRef } from "react";
import type { MapEdge } from "../../../server/topology/topology-view.ts";
import { classes } from "../../../ui/classes.ts";
import { runBeads } from "../drawing/run-beads.ts";
import { shortened } from "../view-model/arrow.ts";
import { trafficOf } from "../view-model/traffic.ts";
import { healthText } from "./health-glyph.tsx";

interface MapTrafficProps {
  readonly edge: MapEdge;
  readonly placed: PlacedEdge;
}

/** So far from its end a bead is gone: the arrowhead takes it in. */
const endsEarly = 6;

/** An edge's requests on their way: discs, and squares for those that fail. The edge's label says it in words. */
export const MapTraffic = memo(function MapTraffic({ edge, placed }: MapTrafficProps) {
  const line = useRef<SVGPathElement>(null);
  const beads = useRef<SVGGElement>(null);
  const path = pathOf({ ...placed, points: shortened(placed.points, endsEarly).points }, 12);
  const key = JSON.stringify(trafficOf(edge) ?? null);
  // Equal traffic of newer numbers runs on as it does.
  const traffic = useMemo(() => JSON.parse(key) as ReturnType<typeof trafficOf> | null, [key]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another path is another way for the same beads
  useLayoutEffect(() => {
    if (line.current && beads.current && traffic)
      return runBeads(line.current, [...beads.current.children], traffic);
    return undefined;
  }, [traffic, path]);
  if (!traffic) return null;
  return (
    <g data-control data-traffic aria-hidden className="pointer-events-none">
      <path ref={line} d={path} fill="none" />
      <g ref={beads} className={healthText[healthOf(edge)]}>
        {traffic.beads.map(({ failed, phase }, index) =>
          failed ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: beads have no names
            <rect key={index} x={-4} y={-4} width={8} height={8} rx={1} className={beadClass(true)} />
          ) : (
            <circle key={phase} r={3.5} className={beadClass(false)} />
          ),
        )}
      </g>
    </g>
  );
});

const beadClass = (failed: boolean) =>
  classes("stroke-page will-change-transform", failed ? "fill-failing" : "fill-current");
