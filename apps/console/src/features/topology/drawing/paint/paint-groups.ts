import type { Geometry } from "../scene.ts";
import { type Brush, overlaps } from "./brush.ts";
import { fitted } from "./text.ts";

type Groups = Geometry["groups"];

/** Namespaces as soft boxes behind their services. */
export function paintGroups({ context, style, box, scale }: Brush, groups: Groups): void {
  for (const group of groups) {
    if (!overlaps(group, box)) continue;
    context.beginPath();
    context.roundRect(group.x, group.y, group.width, group.height, 10);
    context.globalAlpha = 0.55;
    context.fillStyle = style.palette.sunken;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = style.palette.line;
    context.lineWidth = 1 / Math.min(1, scale);
    context.stroke();
  }
}

/** Names of namespaces, never smaller than can be read, as far as their box has room. */
export function paintGroupTitles(brush: Brush, groups: Groups): void {
  const { context, style, box, scale } = brush;
  const size = Math.max(12, 12 / scale);
  context.font = `500 ${size}px ${style.sans}`;
  context.textAlign = "left";
  context.lineJoin = "round";
  for (const group of groups) {
    const inset = Math.min(16, group.width * 0.04);
    const title = fitted(context, group.name, group.width - 2 * inset);
    if (!overlaps(group, box) || title.length < 3) continue;
    // As the SVG has it where there is room above the services; else on a halo.
    const y = scale >= 0.9 ? group.y + 22 : group.y + Math.max(size * 0.9, 22);
    if (scale < 0.9) {
      context.strokeStyle = style.palette.page;
      context.lineWidth = size * 0.3;
      context.globalAlpha = 0.85;
      context.strokeText(title, group.x + inset, y);
      context.globalAlpha = 1;
    }
    context.fillStyle = scale < 0.9 ? style.palette["text-muted"] : style.palette["text-faint"];
    context.fillText(title, group.x + inset, y);
  }
}
