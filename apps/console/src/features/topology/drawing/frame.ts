import type { Box, Size } from "@weir/graph";

/** How a view shows the map: map coordinates times `k` plus `x` and `y` are pixels of the view. */
export interface Sight extends Size {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

/** What a picture shows: a part of the map, at a zoom. */
export interface Frame {
  readonly box: Box;
  readonly scale: number;
}

/** Room around the map's own bounds: for what is drawn beyond the edges of nodes. */
const bleed = 60;

/** A picture is drawn anew while it is moved only when it would be blown up or shrunk by more than this. */
const mostStretched = 2.2;

/** The whole of what a view shows, with a margin (a share of the view's lengths on each side), on whole pixels of the view. */
export function frameAround(sight: Sight, bounds: Box, margin: number): Frame {
  const { k, x, y, width, height } = sight;
  const all = wholeMap(bounds);
  const left = Math.floor(Math.max(-width * margin, all.x * k + x));
  const top = Math.floor(Math.max(-height * margin, all.y * k + y));
  const right = Math.ceil(Math.min(width * (1 + margin), (all.x + all.width) * k + x));
  const bottom = Math.ceil(Math.min(height * (1 + margin), (all.y + all.height) * k + y));
  return {
    scale: k,
    box: {
      x: (left - x) / k,
      y: (top - y) / k,
      width: Math.max(1, right - left) / k,
      height: Math.max(1, bottom - top) / k,
    },
  };
}

/** All of the map, small enough for one view: stands in where a sharp picture has run out. */
export function frameOfAll(bounds: Box, view: Size): Frame {
  const box = wholeMap(bounds);
  return { box, scale: Math.min(view.width / box.width, view.height / box.height, 1) };
}

/** Whether all of the map that a view shows, and `lead` pixels around, is on a picture. */
export function isCovered(sight: Sight, bounds: Box, frame: Frame, lead = 0): boolean {
  const wanted = frameAround(sight, bounds, lead / Math.max(sight.width, sight.height, 1)).box;
  const { box } = frame;
  const slack = 2 / sight.k;
  return (
    wanted.x >= box.x - slack &&
    wanted.y >= box.y - slack &&
    wanted.x + wanted.width <= box.x + box.width + slack &&
    wanted.y + wanted.height <= box.y + box.height + slack
  );
}

/** Whether a picture of another zoom is still good enough while it moves. */
export function isSharpEnough(sight: Sight, frame: Frame): boolean {
  const ratio = sight.k / frame.scale;
  return ratio < mostStretched && ratio > 1 / mostStretched;
}

/** The CSS transform that brings a picture, whose own size is `box` times `scale`, to its place in the view. */
export function placeInView(sight: Sight, { box, scale }: Frame): string {
  const [x, y] = [box.x * sight.k + sight.x, box.y * sight.k + sight.y];
  return `translate(${x}px,${y}px) scale(${sight.k / scale})`;
}

/** The part of the map that a view shows. */
export function boxInView({ k, x, y, width, height }: Sight): Box {
  return { x: -x / k, y: -y / k, width: width / k, height: height / k };
}

function wholeMap(bounds: Box): Box {
  return {
    x: bounds.x - bleed,
    y: bounds.y - bleed,
    width: bounds.width + 2 * bleed,
    height: bounds.height + 2 * bleed,
  };
}
