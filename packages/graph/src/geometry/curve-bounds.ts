import type { Point } from "../model/graph.ts";
import type { Box } from "../model/placement.ts";

/** The smallest box around a cubic Bézier curve; its control points lie farther out than it ever comes. */
export function curveBounds(start: Point, c1: Point, c2: Point, end: Point): Box {
  const [left, right] = reach(start.x, c1.x, c2.x, end.x);
  const [top, bottom] = reach(start.y, c1.y, c2.y, end.y);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Least and most of a cubic Bézier curve along one axis: at its ends, or where its derivative is nothing. */
function reach(a: number, b: number, c: number, d: number): [number, number] {
  const [square, linear, constant] = [d - 3 * c + 3 * b - a, 2 * (c - 2 * b + a), b - a];
  const turns = rootsOf(square, linear, constant).filter((t) => t > 0 && t < 1);
  const values = [a, d, ...turns.map((t) => at(a, b, c, d, t))];
  return [Math.min(...values), Math.max(...values)];
}

function rootsOf(square: number, linear: number, constant: number): number[] {
  if (Math.abs(square) < 1e-9) return linear === 0 ? [] : [-constant / linear];
  const inner = linear * linear - 4 * square * constant;
  if (inner < 0) return [];
  const root = Math.sqrt(inner);
  return [(-linear + root) / (2 * square), (-linear - root) / (2 * square)];
}

function at(a: number, b: number, c: number, d: number, t: number): number {
  const u = 1 - t;
  return u ** 3 * a + 3 * u * u * t * b + 3 * u * t * t * c + t ** 3 * d;
}
