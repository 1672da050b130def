import type { Box, Point } from "@weir/graph";

/** What lies aside of the way counts as so much farther. */
const asideCosts = 2.5;

/**
 * The node that people mean by "the next that way": near, and rather ahead than aside. Undefined where there is none.
 * `way` is a step along one axis.
 */
export function nextThatWay(boxes: ReadonlyMap<string, Box>, from: Point, way: Point): string | undefined {
  let best: { id: string; cost: number } | undefined;
  for (const [id, box] of boxes) {
    const { x, y } = middleOf(box);
    const ahead = (x - from.x) * way.x + (y - from.y) * way.y;
    const aside = Math.abs((x - from.x) * way.y) + Math.abs((y - from.y) * way.x);
    const cost = ahead + aside * asideCosts;
    if (ahead > 1 && cost < (best?.cost ?? Number.POSITIVE_INFINITY)) best = { id, cost };
  }
  return best?.id;
}

/** The node whose middle is nearest to a point. */
export function nearestTo(boxes: ReadonlyMap<string, Box>, point: Point): string | undefined {
  let best: { id: string; distance: number } | undefined;
  for (const [id, box] of boxes) {
    const { x, y } = middleOf(box);
    const distance = Math.hypot(x - point.x, y - point.y);
    if (distance < (best?.distance ?? Number.POSITIVE_INFINITY)) best = { id, distance };
  }
  return best?.id;
}

export function middleOf({ x, y, width, height }: Box): Point {
  return { x: x + width / 2, y: y + height / 2 };
}
