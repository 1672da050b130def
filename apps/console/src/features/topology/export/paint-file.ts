import type { Box } from "@weir/graph";
import { paintPicture } from "../drawing/paint/paint-picture.ts";
import { newScene, type PaintedScene } from "../drawing/paint/painted-scene.ts";
import type { Dimmed, EdgeLooks, Geometry, NodeChanges, Style } from "../drawing/scene.ts";
import { paintedSvg } from "./painted-svg.ts";
import { pngScale } from "./picture-size.ts";

/** Kinds of files that have the map as it looks. */
export type PictureEnding = "svg" | "png";

/** All that a file of the map is painted from, as it goes to a worker. */
export interface FileOrder {
  readonly ending: PictureEnding;
  readonly box: Box;
  readonly geometry: Geometry;
  readonly nodes: NodeChanges;
  readonly edges: EdgeLooks;
  readonly dimmed: Dimmed;
  readonly style: Style;
}

export type FileAnswer = { readonly file: Blob } | { readonly failed: string };

/**
 * Runs in a worker that has the style's fonts.
 *
 * @throws Error where the browser has no canvas of that size.
 */
export async function paintFile(order: FileOrder): Promise<Blob> {
  const { ending, box, style } = order;
  const scene = { ...newScene(order.geometry, order.nodes, order.edges), dimmed: order.dimmed };
  return ending === "png"
    ? paintPng(scene, box, style)
    : new Blob([paintedSvg(scene, box, style, widthOnCanvas())], { type: "image/svg+xml" });
}

function paintPng(scene: PaintedScene, box: Box, style: Style): Promise<Blob> {
  const zoom = pngScale(box);
  const pixels = (length: number) => Math.max(1, Math.floor(length * zoom));
  const canvas = new OffscreenCanvas(pixels(box.width), pixels(box.height));
  const context = contextOf(canvas);
  // Where it is smaller than the map, what could not be read is left out, as on the page.
  const scale = Math.min(1, zoom);
  paintPicture(context, scene, { box, scale }, zoom / scale, style);
  return canvas.convertToBlob({ type: "image/png" });
}

function widthOnCanvas(): (text: string, font: string) => number {
  const context = contextOf(new OffscreenCanvas(1, 1));
  return (text, font) => {
    context.font = font;
    return context.measureText(text).width;
  };
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext("2d", { alpha: false });
  if (!context) throw new Error("the browser has no canvas to paint on");
  return context;
}
