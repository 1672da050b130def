import type { Health } from "@weir/graph";
import { healthOrder } from "../scene.ts";
import type { Brush, Paper } from "./brush.ts";
import { arrowsFrom } from "./level.ts";
import type { PaintedScene } from "./painted-scene.ts";

const arrowLength = 9;
/** As the lines of the SVG are dashed; `healthDash` has them as texts. */
const dashes: Record<Health, readonly number[]> = {
  ok: [],
  degraded: [14, 5],
  failing: [5, 4],
  "no-data": [1.5, 5],
};
/** Thinner than this on the screen, a line is drawn as thick and paler. */
const thinnestSeen = 0.7;
/** Lines of one path; longer paths are slower to fill than their parts. */
const linesInPath = 64;

/** From what is hardly seen to what is: on its way from elsewhere to elsewhere, beside what is looked at, and the rest. */
const tones = ["passing", "dimmed", "full"] as const;
type Tone = (typeof tones)[number];

/** Lines by health, what is ill on top; width by rate, dashes and arrows where they can be seen. */
export function paintEdges(brush: Brush, scene: PaintedScene): void {
  const seen = Map.groupBy(edgesIn(brush, scene), (edge) => toneOf(brush, scene, edge));
  // So many lines over each other make one grey: each is then paler, and what is ill still stands out.
  const crowd = Math.min(1, Math.max(0.25, 700 / (seen.get("full")?.length ?? 1)));
  for (const tone of tones)
    for (const [place, health] of healthOrder.entries()) {
      const edges = seen.get(tone)?.filter((edge) => scene.edges.healths[edge] === place);
      if (!edges) continue;
      brush.context.globalAlpha = strengthOf(health, crowd) * { passing: 0.3, dimmed: 0.35, full: 1 }[tone];
      paintLines(brush, scene, edges, { health, detailed: brush.scale >= arrowsFrom && tone !== "passing" });
    }
  brush.context.globalAlpha = 1;
  brush.context.setLineDash([]);
}

function strengthOf(health: Health, crowd: number): number {
  return health === "ok" || health === "no-data" ? 0.6 * crowd : 0.95 * Math.max(crowd, 0.6);
}

/** From near, a line tells something of what it begins or ends at, and nothing of what it runs beneath. */
function toneOf({ box, scale }: Brush, { geometry, dimmed }: PaintedScene, edge: number): Tone {
  if (dimmed.edges?.[edge] === 1) return "dimmed";
  if (scale < arrowsFrom) return "full";
  const isIn = (at: number) => {
    const [x = 0, y = 0] = geometry.curves.subarray(at, at + 2);
    return x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height;
  };
  return isIn(8 * edge) || isIn(8 * edge + 6) ? "full" : "passing";
}

function edgesIn({ box }: Brush, { edges, edgeBounds }: PaintedScene): number[] {
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  const seen: number[] = [];
  for (let edge = 0; edge < edges.widths.length; edge++) {
    const at = 4 * edge;
    if (edges.widths[edge] === 0) continue;
    if ((edgeBounds[at] ?? 0) > right || (edgeBounds[at + 1] ?? 0) > bottom) continue;
    if ((edgeBounds[at + 2] ?? 0) < box.x || (edgeBounds[at + 3] ?? 0) < box.y) continue;
    seen.push(edge);
  }
  return seen;
}

function paintLines(
  { context, style, scale }: Brush,
  scene: PaintedScene,
  edges: readonly number[],
  { health, detailed }: { readonly health: Health; readonly detailed: boolean },
): void {
  const { curves } = scene.geometry;
  context.strokeStyle = style.palette[health];
  context.fillStyle = style.palette[health];
  context.setLineDash(detailed ? [...dashes[health]] : []);
  // Widths in steps of a quarter: lines of one width go into one path.
  const byWidth = Map.groupBy(edges, (edge) =>
    Math.max(thinnestSeen / scale, Math.round(4 * (scene.edges.widths[edge] ?? 1)) / 4),
  );
  for (const [width, alike] of byWidth) {
    context.lineWidth = width;
    for (let from = 0; from < alike.length; from += linesInPath) {
      context.beginPath();
      for (const edge of alike.slice(from, from + linesInPath)) trace(context, curves, edge, detailed);
      context.stroke();
    }
    if (detailed) paintArrows(context, curves, alike, width);
  }
}

function trace(context: Paper, curves: Float32Array, edge: number, withArrow: boolean): void {
  const [ax = 0, ay = 0, bx = 0, by = 0, cx = 0, cy = 0, dx = 0, dy = 0] = curves.subarray(
    8 * edge,
    8 * edge + 8,
  );
  const length = Math.hypot(dx - cx, dy - cy);
  const cut = withArrow && length > arrowLength ? arrowLength / length : 0;
  context.moveTo(ax, ay);
  context.bezierCurveTo(bx, by, cx, cy, dx - (dx - cx) * cut, dy - (dy - cy) * cut);
}

function paintArrows(context: Paper, curves: Float32Array, edges: readonly number[], width: number): void {
  const half = 3.2 + width * 0.55;
  context.beginPath();
  for (const edge of edges) {
    const [cx = 0, cy = 0, x = 0, y = 0] = curves.subarray(8 * edge + 4, 8 * edge + 8);
    const length = Math.hypot(x - cx, y - cy) || 1;
    const [ux, uy] = [(x - cx) / length, (y - cy) / length];
    const [backX, backY] = [x - ux * (arrowLength + 1), y - uy * (arrowLength + 1)];
    context.moveTo(x, y);
    context.lineTo(backX - uy * half, backY + ux * half);
    context.lineTo(backX + uy * half, backY - ux * half);
    context.closePath();
  }
  context.fill();
}
