import type { Box, Point, Size } from "@weir/graph";

/** Of the whole map in sight, and the least that people can zoom to: 20,000 services still fit a window. */
export const smallestScale = 0.02;

const margin = 28;
/** What lies on a wide view: the toolbar at its right, the legend at its foot. */
const toolbarRoom = 60;
const legendRoom = 56;
const largestFit = 1.15;

/** On a narrow view what is smaller could not be read: it then shows the upper middle, and the rest by panning. */
const smallestFitNarrow = 0.62;
const narrowBelow = 560;
/** Beside an open panel, what is selected matters more than all of it. */
const smallestFitSelected = 0.8;

/**
 * Scale and shift that show a whole box in a view: in the middle of what nothing lies on, never blown up much beyond
 * its own size.
 */
export function fitTransform(box: Box, view: Size, selected = false): { k: number; x: number; y: number } {
  const narrow = view.width < narrowBelow;
  const smallest = narrow ? smallestFitNarrow : selected ? smallestFitSelected : smallestScale;
  const width = view.width - margin - (narrow ? margin : toolbarRoom);
  const height = view.height - margin - (narrow ? margin : legendRoom);
  const k = Math.max(smallest, Math.min(largestFit, width / box.width, height / box.height));
  return {
    k,
    x: margin + (width - box.width * k) / 2 - box.x * k,
    y: margin + Math.max(0, (height - box.height * k) / 2) - box.y * k,
  };
}

/** How many pixels a picture must move so that a box of it is in sight; zero when it is. */
export function nudgeIntoView(box: Box, transform: { k: number; x: number; y: number }, view: Size): Point {
  const left = box.x * transform.k + transform.x;
  const top = box.y * transform.k + transform.y;
  return {
    x: nudge(left, left + box.width * transform.k, view.width),
    y: nudge(top, top + box.height * transform.k, view.height),
  };
}

function nudge(start: number, end: number, length: number): number {
  if (start < margin) return margin - start;
  if (end > length - margin) return Math.max(length - margin - end, margin - start);
  return 0;
}
