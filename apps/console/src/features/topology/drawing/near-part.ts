import type { MapView } from "../../../server/topology/topology-view.ts";
import type { Selection } from "../hooks/use-selection.ts";

/** Services in sight that are drawn as buttons of their own; more of them would slow every frame of a move. */
const mostNear = 48;
/** Below this zoom nothing of a service could be read but its name. */
const nearFromScale = 0.56;
/** Of a selection's neighbours; a hub's are left to the picture. */
const mostOfFocus = 120;

interface Attention {
  readonly selection: Selection | undefined;
  /** Ids of what has a part in the selection. */
  readonly around: ReadonlySet<string> | undefined;
  /** Under the pointer, or with the keyboard's focus. */
  readonly looked: readonly (string | undefined)[];
  /** Services in sight, and the zoom they are seen at. */
  readonly inSight: readonly string[];
  readonly scale: number;
}

/** The part of a large map that is drawn as buttons over its picture: what is looked at, and what is near. */
export function nearPart(view: MapView, attention: Attention): MapView {
  const { selection, around, looked, inSight, scale } = attention;
  const ids = new Set<string>(looked.filter((id) => id !== undefined));
  if (selection) ids.add(selection.id);
  if (around && around.size <= mostOfFocus) for (const id of around) ids.add(id);
  if (scale >= nearFromScale && inSight.length <= mostNear) for (const id of inSight) ids.add(id);
  if (ids.size === 0) return { nodes: [], edges: [] };
  return {
    nodes: view.nodes.filter(({ id }) => ids.has(id)),
    edges: view.edges.filter(({ id }) => ids.has(id)),
  };
}
