import type { Box } from "@weir/graph";
import type { Style } from "../scene.ts";

/** What a picture is painted with. Lengths are those of the map: the context is scaled. */
export interface Brush {
  readonly context: OffscreenCanvasRenderingContext2D;
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
