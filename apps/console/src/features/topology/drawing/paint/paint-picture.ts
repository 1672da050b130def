import type { Frame } from "../frame.ts";
import type { Style } from "../scene.ts";
import type { Brush } from "./brush.ts";
import { paintEdges } from "./paint-edges.ts";
import { paintGroups, paintGroupTitles } from "./paint-groups.ts";
import { paintNodes } from "./paint-nodes.ts";
import type { PaintedScene } from "./painted-scene.ts";

/** Paints a part of the map over all of a canvas, which has the frame's size in device pixels. */
export function paintPicture(
  context: OffscreenCanvasRenderingContext2D,
  scene: PaintedScene,
  { box, scale }: Frame,
  pixelRatio: number,
  style: Style,
): void {
  const zoom = scale * pixelRatio;
  context.setTransform(zoom, 0, 0, zoom, -box.x * zoom, -box.y * zoom);
  paintMap({ context, style, box, scale }, scene);
}

/** Paints a part of the map on its ground, in lengths of the map. */
export function paintMap(brush: Brush, scene: PaintedScene): void {
  const { context, style, box } = brush;
  context.globalAlpha = 1;
  context.fillStyle = style.palette.page;
  context.fillRect(box.x, box.y, box.width, box.height);
  paintGroups(brush, scene.geometry.groups);
  paintEdges(brush, scene);
  paintNodes(brush, scene);
  paintGroupTitles(brush, scene.geometry.groups);
}
