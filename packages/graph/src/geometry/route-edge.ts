import type { Direction, Point } from "../model/graph.ts";
import type { Box, PlacedEdge } from "../model/placement.ts";
import { pointAlong } from "./edge-path.ts";

/** How far an edge runs straight out of a node before it may turn. */
const stub = 26;

/**
 * A way from one node to another without a look at the rest, for nodes that were moved or came later: out on the
 * flow's side, in on the opposite one, and around below where the target does not lie ahead.
 */
export function routeEdge(
  source: Box,
  target: Box,
  direction: Direction,
): Pick<PlacedEdge, "points" | "labelAt"> {
  // Worked out as if flow went right; for flow that goes down the axes change places.
  const turned = direction === "down";
  const [a, b] = turned ? [swapBox(source), swapBox(target)] : [source, target];
  const start = { x: a.x + a.width, y: a.y + a.height / 2 };
  const end = { x: b.x, y: b.y + b.height / 2 };
  const flat = end.x - start.x >= 2 * stub ? ahead(start, end) : around(a, b, start, end);
  const points = turned ? flat.map(swapPoint) : flat;
  return { points, labelAt: pointAlong(points, 0.5) };
}

function ahead(start: Point, end: Point): Point[] {
  if (Math.abs(start.y - end.y) < 1) return [start, end];
  const x = (start.x + end.x) / 2;
  return [start, { x, y: start.y }, { x, y: end.y }, end];
}

function around(a: Box, b: Box, start: Point, end: Point): Point[] {
  const below = Math.max(a.y + a.height, b.y + b.height) + stub;
  const between = gapBetween(a, b) ?? below;
  const right = start.x + stub;
  const left = end.x - stub;
  return [
    start,
    { x: right, y: start.y },
    { x: right, y: between },
    { x: left, y: between },
    { x: left, y: end.y },
    end,
  ];
}

/** Middle of the free strip between two boxes that lie above each other. */
function gapBetween(a: Box, b: Box): number | undefined {
  const [upper, lower] = a.y < b.y ? [a, b] : [b, a];
  const room = lower.y - (upper.y + upper.height);
  return room > stub / 2 ? upper.y + upper.height + room / 2 : undefined;
}

function swapPoint({ x, y }: Point): Point {
  return { x: y, y: x };
}

function swapBox({ x, y, width, height }: Box): Box {
  return { x: y, y: x, width: height, height: width };
}
