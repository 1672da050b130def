import type { Box } from "@weir/graph";
import type { Style } from "../scene.ts";

type Looks =
  | ("fillStyle" | "strokeStyle" | "globalAlpha" | "font" | "textAlign")
  | ("lineJoin" | "lineWidth" | "setLineDash");
type Ways =
  | ("beginPath" | "closePath" | "moveTo" | "lineTo" | "bezierCurveTo" | "quadraticCurveTo")
  | ("arc" | "rect" | "roundRect");
type Shapes = "fill" | "fillRect" | "fillText" | "stroke" | "strokeRect" | "strokeText";

/** As much of a canvas's context as the map is painted with: a canvas, or what makes another picture of the same strokes. */
export interface Paper extends Pick<OffscreenCanvasRenderingContext2D, Looks | Ways | Shapes> {
  measureText(text: string): Pick<TextMetrics, "width">;
}

/** What a picture is painted with. Lengths are those of the map: the context is scaled. */
export interface Brush {
  readonly context: Paper;
  readonly style: Style;
  /** What is seen of the map; the rest is passed over. */
  readonly box: Box;
  /** CSS pixels a length of 1 takes. */
  readonly scale: number;
}

/** Whether two boxes have a place in common. */
export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
