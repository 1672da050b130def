import type { Box } from "@weir/graph";
import { paintMap } from "../drawing/paint/paint-picture.ts";
import type { PaintedScene } from "../drawing/paint/painted-scene.ts";
import type { Style } from "../drawing/scene.ts";
import { SvgPaper } from "./svg-paper.ts";

/** A part of the map as the text of an SVG, with all that can be read at a zoom of 1. */
export function paintedSvg(
  scene: PaintedScene,
  box: Box,
  style: Style,
  widthOf: (text: string, font: string) => number,
): string {
  const paper = new SvgPaper(widthOf);
  paintMap({ context: paper, style, box, scale: 1 }, scene);
  const [x, y, width, height] = [box.x, box.y, box.width, box.height].map((length) => length.toFixed(2));
  const size = `width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>\n${paper.elements.join("\n")}\n</svg>\n`;
}
