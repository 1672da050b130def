import type { Box } from "@weir/graph";
import { type Frame, frameAround, frameOfAll, isCovered, isSharpEnough, type Sight } from "./frame.ts";

/** A picture that is shown: what is on it, and which of the scene's revisions. */
export interface Shown {
  readonly frame: Frame;
  readonly revision: number;
}

export type LayerName = "picture" | "backdrop";

export interface Situation {
  readonly sight: Sight;
  readonly bounds: Box;
  readonly revision: number;
  /** Nobody is moving the map right now. */
  readonly still: boolean;
  readonly layers: Readonly<Record<LayerName, Shown | undefined>>;
}

/** What is drawn around the view so that it can be moved, as a share of the view's lengths on each side. */
const margin = 0.5;
/** While the map moves, a new picture is asked for when less than this is left around the view, in pixels. */
const leadPx = 160;

/**
 * The picture to paint next; undefined while those that are shown will do. At rest the picture is sharp and of the
 * newest numbers; under way only what runs out is painted. The backdrop is the whole map in small: it comes last.
 */
export function nextFrame(situation: Situation): { layer: LayerName; frame: Frame } | undefined {
  const { sight, bounds, revision, still, layers } = situation;
  const { picture, backdrop } = layers;
  const fresh = frameAround(sight, bounds, margin);
  if (!picture) return { layer: "picture", frame: fresh };
  const runsOut = !isCovered(sight, bounds, picture.frame, leadPx) || !isSharpEnough(sight, picture.frame);
  const isOld = picture.revision !== revision || picture.frame.scale !== sight.k;
  if (runsOut || (still && isOld)) return { layer: "picture", frame: fresh };
  if (!still || backdrop?.revision === revision) return undefined;
  // Where the picture has all of the map, nothing of a backdrop would be seen.
  const hasAll = frameAround(sight, bounds, Number.POSITIVE_INFINITY).box;
  return isCovered({ ...sight, ...wholeSight(hasAll, sight.k) }, bounds, picture.frame)
    ? undefined
    : { layer: "backdrop", frame: frameOfAll(bounds, sight) };
}

function wholeSight({ x, y, width, height }: Box, k: number) {
  return { x: -x * k, y: -y * k, width: width * k, height: height * k };
}
