import type { Point } from "@weir/graph";

/** A line that ends `by` pixels early to leave room for an arrowhead; where its tip is and how it is turned. */
export function shortened(
  points: readonly Point[],
  by: number,
): { points: Point[]; tip: Point; angle: number } {
  const tip = points.at(-1) ?? { x: 0, y: 0 };
  const before = points.at(-2) ?? tip;
  const length = Math.hypot(tip.x - before.x, tip.y - before.y);
  const cut = Math.min(by, length);
  const end =
    length === 0
      ? tip
      : { x: tip.x - ((tip.x - before.x) / length) * cut, y: tip.y - ((tip.y - before.y) / length) * cut };
  return {
    points: [...points.slice(0, -1), end],
    tip,
    angle: (Math.atan2(tip.y - before.y, tip.x - before.x) * 180) / Math.PI,
  };
}
