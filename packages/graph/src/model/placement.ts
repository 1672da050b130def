import { curveBounds } from "../geometry/curve-bounds.ts";
import type { Direction, Point, Size } from "./graph.ts";

/** A box with its upper left corner. */
export interface Box extends Point, Size {}

export interface PlacedEdge {
  readonly source: string;
  readonly target: string;
  /**
   * From the source's border to the target's, every part horizontal or vertical; at least two points. Where
   * `curved`: start, two control points and end of a cubic Bézier curve.
   */
  readonly points: readonly Point[];
  readonly curved?: true;
  /** Middle of the room kept for the label. */
  readonly labelAt: Point;
}

/** Where everything stands; immutable, so that the same object means that nothing moved. */
export interface Placement {
  readonly key: string;
  readonly direction: Direction;
  readonly nodes: ReadonlyMap<string, Box>;
  readonly edges: ReadonlyMap<string, PlacedEdge>;
  readonly groups: ReadonlyMap<string, Box>;
}

/** The smallest box around all that is placed; of no size when nothing is. */
export function boundsOf(placement: Pick<Placement, "nodes" | "edges" | "groups">): Box {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  const include = (x: number, y: number) => {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  };
  const includeBox = (box: Box) => {
    include(box.x, box.y);
    include(box.x + box.width, box.y + box.height);
  };
  for (const box of placement.nodes.values()) includeBox(box);
  for (const box of placement.groups.values()) includeBox(box);
  for (const { points, curved } of placement.edges.values()) {
    const [start, c1, c2, end] = points;
    if (curved && start && c1 && c2 && end) includeBox(curveBounds(start, c1, c2, end));
    else for (const { x, y } of points) include(x, y);
  }
  if (left > right) return { x: 0, y: 0, width: 0, height: 0 };
  return { x: left, y: top, width: right - left, height: bottom - top };
}
