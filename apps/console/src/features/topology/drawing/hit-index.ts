import { type Box, curveBounds, type Placement, type Point } from "@weir/graph";
import Flatbush from "flatbush";
import type { Selection } from "../hooks/use-selection.ts";

/** How finely a curve is followed to find out how near a point lies. */
const pieces = 24;

/** What of a placement is at a place; a node before the edges that run beneath it. */
export class HitIndex {
  readonly #placement: Placement;
  readonly #nodeIds: string[];
  readonly #nodes: Flatbush | undefined;
  #edges: EdgeIndex | undefined;

  constructor(placement: Placement) {
    this.#placement = placement;
    this.#nodeIds = [...placement.nodes.keys()];
    this.#nodes = indexed([...placement.nodes.values()]);
  }

  /** `reach`: how far from an edge's line still counts as on it, in the placement's lengths. */
  at({ x, y }: Point, reach: number): Selection | undefined {
    const node = this.#nodes?.search(x, y, x, y).at(-1);
    const nodeId = node === undefined ? undefined : this.#nodeIds[node];
    if (nodeId !== undefined) return { kind: "node", id: nodeId };
    this.#edges ??= indexEdges(this.#placement);
    const { edges, curves } = this.#edges;
    let nearest: { id: string; distance: number } | undefined;
    for (const index of curves?.search(x - reach, y - reach, x + reach, y + reach) ?? []) {
      const [id, points] = edges[index] ?? [];
      if (id === undefined || !points) continue;
      const distance = distanceToCurve({ x, y }, points);
      if (distance <= (nearest?.distance ?? reach)) nearest = { id, distance };
    }
    return nearest && { kind: "edge", id: nearest.id };
  }

  nodesIn({ x, y, width, height }: Box): string[] {
    const found = this.#nodes?.search(x, y, x + width, y + height) ?? [];
    return found.flatMap((index) => this.#nodeIds[index] ?? []);
  }
}

/** Made when an edge is first asked for: it takes some 10 ms for 20,000 of them. */
interface EdgeIndex {
  readonly edges: readonly (readonly [id: string, points: readonly Point[]])[];
  readonly curves: Flatbush | undefined;
}

function indexEdges(placement: Placement): EdgeIndex {
  const edges = [...placement.edges].map(([id, { points }]) => [id, points] as const);
  return { edges, curves: indexed(edges.map(([, points]) => boxAround(points))) };
}

function indexed(boxes: readonly Box[]): Flatbush | undefined {
  if (boxes.length === 0) return undefined; // it knows no index of nothing
  const index = new Flatbush(boxes.length);
  for (const { x, y, width, height } of boxes) index.add(x, y, x + width, y + height);
  index.finish();
  return index;
}

function boxAround([start, c1, c2, end]: readonly Point[]): Box {
  const none = { x: 0, y: 0 };
  return curveBounds(start ?? none, c1 ?? start ?? none, c2 ?? start ?? none, end ?? start ?? none);
}

function distanceToCurve(to: Point, [start, c1, c2, end]: readonly Point[]): number {
  if (!start || !end) return Number.POSITIVE_INFINITY;
  let nearest = Number.POSITIVE_INFINITY;
  let before = start;
  for (let piece = 1; piece <= pieces; piece++) {
    const next = onCurve(start, c1 ?? start, c2 ?? end, end, piece / pieces);
    nearest = Math.min(nearest, distanceToPiece(to, before, next));
    before = next;
  }
  return nearest;
}

/** The point of a cubic Bézier curve at a parameter of 0 to 1. */
function onCurve(start: Point, c1: Point, c2: Point, end: Point, t: number): Point {
  const u = 1 - t;
  const [a, b, c, d] = [u ** 3, 3 * u * u * t, 3 * u * t * t, t ** 3];
  return {
    x: a * start.x + b * c1.x + c * c2.x + d * end.x,
    y: a * start.y + b * c1.y + c * c2.y + d * end.y,
  };
}

function distanceToPiece(to: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : ((to.x - a.x) * dx + (to.y - a.y) * dy) / length;
  const held = Math.max(0, Math.min(1, share));
  return Math.hypot(to.x - a.x - held * dx, to.y - a.y - held * dy);
}
