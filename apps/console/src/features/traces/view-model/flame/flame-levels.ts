import { type FlameFrame, type FlameMeasure, widthOf } from "./flame-graph.ts";

/** A frame where it is drawn, in shares of the picture's width. */
export interface PlacedFrame {
  readonly frame: FlameFrame;
  readonly left: number;
  readonly width: number;
}

/** Narrower ones cannot be told apart: about two pixels of a wide screen. */
const leastShare = 0.0015;

/**
 * The frames to draw, level by level from the top: `focus` and what it stands under take the whole width, what stands below it
 * shares it. Frames too narrow to be seen are left out with all below them.
 */
export function flameLevels(focus: FlameFrame, by: FlameMeasure): PlacedFrame[][] {
  const levels: PlacedFrame[][] = [];
  for (let above = focus.parent; above; above = above.parent)
    levels.push([{ frame: above, left: 0, width: 1 }]);
  levels.reverse();
  for (let level = [{ frame: focus, left: 0, width: 1 }]; level.length > 0; level = level.flatMap(below))
    levels.push(level);
  return levels;

  function below({ frame, left, width }: PlacedFrame): PlacedFrame[] {
    const total = widthOf(frame, by);
    let at = left;
    const placed: PlacedFrame[] = [];
    for (const child of frame.children) {
      const share = total > 0 ? (width * widthOf(child, by)) / total : 0;
      if (share >= leastShare) placed.push({ frame: child, left: at, width: share });
      at += share;
    }
    return placed;
  }
}

/** The frame that has this key; the whole where there is none. */
export function frameByKey(whole: FlameFrame, key: string | null): FlameFrame {
  if (!key) return whole;
  const work = [whole];
  for (let frame = work.pop(); frame; frame = work.pop()) {
    if (frame.key === key) return frame;
    for (const child of frame.children) work.push(child);
  }
  return whole;
}
