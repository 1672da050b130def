import type { Direction, Point } from "../model/graph.ts";
import type { PlacedEdge } from "../model/placement.ts";
import { pointAlong } from "./edge-path.ts";

/** Least length of the straight parts at an edge's ends. */
const leastEnd = 8;

/**
 * The way of an edge whose ends were moved by hand: its own way, with the parts at the moved ends pulled along.
 * Undefined where that would fold it back on itself; it then needs another way.
 */
export function stretchEdge(
  edge: PlacedEdge,
  by: { readonly source: Point; readonly target: Point },
  direction: Direction,
): PlacedEdge | undefined {
  // Worked out as if flow went right; for flow that goes down the axes change places.
  const turn = direction === "down" ? swap : (point: Point) => point;
  const old = edge.points.map(turn);
  const [sourceBy, targetBy] = [turn(by.source), turn(by.target)];
  const [first, second] = old;
  const [beforeLast, last] = old.slice(-2);
  if (!first || !second || !beforeLast || !last) return undefined;
  const start = add(first, sourceBy);
  const end = add(last, targetBy);
  const middle = (first.x + last.x) / 2;
  const bends =
    old.length > 2
      ? old.slice(1, -1)
      : [
          { x: middle, y: first.y },
          { x: middle, y: last.y },
        ];
  const inner = bends.map((bend, index) => ({
    x: bend.x,
    y: index === 0 ? start.y : index === bends.length - 1 ? end.y : bend.y,
  }));
  const folds = (inner[0]?.x ?? 0) < start.x + leastEnd || (inner.at(-1)?.x ?? 0) > end.x - leastEnd;
  // An odd number of bends has its ends on different axes, which this way of pulling does not keep.
  if (folds || inner.length % 2 !== 0) return undefined;
  const points = [start, ...inner, end].map(turn);
  return {
    ...edge,
    points,
    labelAt: labelOf(edge, turn, { first, last, start, end }) ?? pointAlong(points, 0.5),
  };
}

/** The label goes along with the part it lies on; undefined when its place must be found anew. */
function labelOf(
  edge: PlacedEdge,
  turn: (point: Point) => Point,
  { first, last, start, end }: Record<"first" | "last" | "start" | "end", Point>,
): Point | undefined {
  if (edge.points.length === 2) return undefined;
  const label = turn(edge.labelAt);
  if (Math.abs(label.y - last.y) < 1) return turn({ x: label.x, y: end.y });
  if (Math.abs(label.y - first.y) < 1) return turn({ x: label.x, y: start.y });
  return edge.labelAt;
}

function add(a: Point, b: Point): Point {
  return { x: a.x + b.x, y: a.y + b.y };
}

function swap({ x, y }: Point): Point {
  return { x: y, y: x };
}
