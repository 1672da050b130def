import type { MapScene } from "../drawing/map-picture.ts";
import { styleOfPage } from "../drawing/page-style.ts";
import { type PictureFile, pictureOfMap, pngOf } from "./map-picture-file.ts";
import type { PictureEnding } from "./paint-file.ts";
import { paintedFile } from "./painted-file.ts";

/** The map as the page has it: elements of an SVG, with the group that pan and zoom move, or what is painted. */
export type MapSource =
  | { readonly svg: SVGSVGElement; readonly moving: SVGGElement }
  | { readonly painted: MapScene };

/**
 * All of the map as a file, whatever part of it is in sight.
 *
 * @throws Error where the browser cannot make it.
 */
export async function pictureFile(ending: PictureEnding, source: MapSource): Promise<Blob> {
  if ("painted" in source) return paintedFile(ending, source.painted, styleOfPage());
  const picture = pictureOfMap(source.svg, source.moving);
  return ending === "png" ? pngOf(picture) : svgFile(picture);
}

function svgFile({ svg }: PictureFile): Blob {
  return new Blob([svg], { type: "image/svg+xml" });
}
