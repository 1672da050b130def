import { type Box, boundsOf, type Placement, type Size } from "@weir/graph";

/** Room around the map: for signs on the edges of nodes. */
const margin = 24;
/** Pixels of a PNG for each of the map, where there is room for so many. */
const density = 2;
/** Safari makes no canvas longer or larger than this (256 MB of memory); Chromium and Firefox make larger ones. */
const longestPx = 16_384;
const mostPixels = 2 ** 26;

/** What of the map is on a picture of all of it. */
export function boxOfAll(placement: Placement): Box {
  const { x, y, width, height } = boundsOf(placement);
  return { x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin };
}

/** Pixels of a PNG for each of the map: twice as many, or fewer where no canvas is so large. */
export function pngScale({ width, height }: Size): number {
  return Math.min(density, longestPx / width, longestPx / height, Math.sqrt(mostPixels / (width * height)));
}
