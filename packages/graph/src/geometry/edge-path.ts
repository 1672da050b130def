import type { Point } from "../model/graph.ts";
import type { PlacedEdge } from "../model/placement.ts";

/** The way of an edge as an SVG path. */
export function pathOf({ points, curved }: Pick<PlacedEdge, "points" | "curved">, radius?: number): string {
  if (!curved) return edgePath(points, radius);
  const [start, c1, c2, end] = points;
  return start && c1 && c2 && end ? `M${at(start)}C${at(c1)} ${at(c2)} ${at(end)}` : "";
}

/** A line through points as an SVG path whose corners are rounded, as far as its parts are long enough. */
export function edgePath(points: readonly Point[], radius = 10): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (!first || !last) return "";
  let path = `M${at(first)}`;
  for (let i = 1; i < points.length - 1; i++) {
    const [before, corner, after] = [points[i - 1], points[i], points[i + 1]];
    if (!before || !corner || !after) continue;
    const r = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2);
    path += `L${at(toward(corner, before, r))}Q${at(corner)} ${at(toward(corner, after, r))}`;
  }
  return `${path}L${at(last)}`;
}

/** The point at a share (0 to 1) of a line's length. */
export function pointAlong(points: readonly Point[], share: number): Point {
  const first = points[0] ?? { x: 0, y: 0 };
  let left = lengthOf(points) * share;
  let from = first;
  for (const to of points.slice(1)) {
    const length = distance(from, to);
    if (length >= left && length > 0) return toward(from, to, left);
    left -= length;
    from = to;
  }
  return from;
}

/** Length of a line through points. */
export function lengthOf(points: readonly Point[]): number {
  return points.slice(1).reduce((sum, point, index) => sum + distance(points[index] ?? point, point), 0);
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

function toward(from: Point, to: Point, by: number): Point {
  const length = distance(from, to);
  if (length === 0) return from;
  return { x: from.x + ((to.x - from.x) * by) / length, y: from.y + ((to.y - from.y) * by) / length };
}

function at({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
