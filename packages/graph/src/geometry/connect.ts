import type { Direction } from "../model/graph.ts";
import type { Box, PlacedEdge } from "../model/placement.ts";
import { curveEdge } from "./curve-edge.ts";
import { routeEdge } from "./route-edge.ts";

/** A way between two nodes without a look at the rest: a curve, or along the axes. */
export function connect(
  source: Box,
  target: Box,
  direction: Direction,
  curved: boolean,
): Pick<PlacedEdge, "points" | "labelAt" | "curved"> {
  return curved ? curveEdge(source, target, direction) : routeEdge(source, target, direction);
}
