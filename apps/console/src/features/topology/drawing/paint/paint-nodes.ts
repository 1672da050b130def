import { type Box, type Health, healthOf } from "@weir/graph";
import type { MapNode } from "../../../../server/topology/topology-view.ts";
import { nameOf } from "../../view-model/describe.ts";
import { headHeight } from "../../view-model/measures.ts";
import { type Brush, overlaps } from "./brush.ts";
import { levelOf } from "./level.ts";
import { paintFace } from "./paint-face.ts";
import { paintHealth } from "./paint-health.ts";
import type { PaintedScene } from "./painted-scene.ts";
import { fitted } from "./text.ts";

/** Services, as much of each as can be read at the zoom. */
export function paintNodes(brush: Brush, { geometry, nodes, dimmed }: PaintedScene): void {
  const { context, box: seen, scale } = brush;
  const level = levelOf(scale);
  nodes.forEach((node, index) => {
    const [x = 0, y = 0, width = 0, height = 0] = geometry.boxes.subarray(4 * index, 4 * index + 4);
    const box = { x, y, width, height };
    if (!node || !overlaps(box, seen)) return;
    context.globalAlpha = dimmed.nodes?.[index] === 1 ? 0.55 : 1;
    const outside = node.kind === "outside";
    const health: Health = outside ? "ok" : healthOf(node);
    paintBox(brush, node, box, health);
    if (level === "mark") paintMark(brush, node, box, health);
    else if (level === "name") paintName(brush, node, box, health);
    else paintFace(brush, node, box, health);
  });
  context.globalAlpha = 1;
}

function paintBox({ context, style, scale }: Brush, node: MapNode, box: Box, health: Health): void {
  const outside = node.kind === "outside";
  context.lineWidth = 1 / Math.min(1, scale);
  context.strokeStyle = style.palette["line-strong"];
  if (node.kind === "namespace") paintStack(context, style.palette.sunken, box);
  const quiet = outside || health === "no-data";
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, outside ? headHeight / 2 : 6);
  context.fillStyle = quiet ? style.palette.page : style.palette.surface;
  context.fill();
  const dashed = (quiet || node.kind === "seen") && scale >= 0.5;
  if (dashed) context.setLineDash([4, 3]);
  context.stroke();
  if (dashed) context.setLineDash([]);
}

/** The edge of what lies beneath: it stands for several. */
function paintStack(context: Brush["context"], color: string, { x, y, width, height }: Box): void {
  context.beginPath();
  context.roundRect(x + 4, y + 4, width, height, 6);
  context.fillStyle = color;
  context.fill();
  context.stroke();
}

/** Too small for letters: what fails is filled, what is degraded by half, the rest has a mark. */
function paintMark({ context, style }: Brush, node: MapNode, box: Box, health: Health): void {
  if (node.kind === "outside" || health === "no-data") return;
  const inset = 6;
  const share = { ok: 0.14, degraded: 0.5, failing: 1 }[health];
  context.fillStyle = style.palette[health];
  context.beginPath();
  context.roundRect(box.x + inset, box.y + inset, (box.width - 2 * inset) * share, box.height - 2 * inset, 4);
  context.fill();
}

const nameSize = 25;

function paintName(brush: Brush, node: MapNode, box: Box, health: Health): void {
  const { context, style } = brush;
  const middle = box.y + box.height / 2;
  const outside = node.kind === "outside";
  if (!outside) paintHealth(brush, health, box.x + 9, middle - 11, 22);
  context.font = `500 ${nameSize}px ${style.sans}`;
  context.textAlign = "left";
  context.fillStyle = outside ? style.palette["text-muted"] : style.palette.text;
  const left = outside ? 14 : 38;
  context.fillText(
    fitted(context, nameOf(node), box.width - left - 8),
    box.x + left,
    middle + nameSize * 0.35,
  );
}
