import type { Direction, Point } from "../model/graph.ts";
import type { Box, PlacedEdge } from "../model/placement.ts";

/** How far a curve swings out at least, and at most by how much of the way. */
const leastSwing = 40;
const swingShare = 0.4;

/**
 * A curve from the middle of the side where flow leaves to the middle of the side where it arrives. Where the way
 * leads back at the same height, such as a call of a service to itself, it bows below what stands between.
 */
export function curveEdge(
  source: Box,
  target: Box,
  direction: Direction,
): Pick<PlacedEdge, "points" | "labelAt" | "curved"> {
  const right = direction === "right";
  const start = right
    ? { x: source.x + source.width, y: source.y + source.height / 2 }
    : { x: source.x + source.width / 2, y: source.y + source.height };
  const end = right
    ? { x: target.x, y: target.y + target.height / 2 }
    : { x: target.x + target.width / 2, y: target.y };
  const along = right ? end.x - start.x : end.y - start.y;
  const across = right ? end.y - start.y : end.x - start.x;
  const swing = Math.max(leastSwing, Math.abs(along) * swingShare);
  const bow = along < 0 && Math.abs(across) < leastSwing ? 2 * leastSwing : 0;
  const [c1, c2] = right
    ? [
        { x: start.x + swing, y: start.y + bow },
        { x: end.x - swing, y: end.y + bow },
      ]
    : [
        { x: start.x + bow, y: start.y + swing },
        { x: end.x + bow, y: end.y - swing },
      ];
  return { points: [start, c1, c2, end], labelAt: middle(start, c1, c2, end), curved: true };
}

/** The point of a cubic Bézier curve at half its parameter. */
function middle(start: Point, c1: Point, c2: Point, end: Point): Point {
  return {
    x: (start.x + 3 * c1.x + 3 * c2.x + end.x) / 8,
    y: (start.y + 3 * c1.y + 3 * c2.y + end.y) / 8,
  };
}
