import { type NeighbourWay, neighbourhood } from "@weir/graph";
import type { MapView } from "../../../server/topology/topology-view.ts";

/** How many calls away a neighbour may be. */
export const focusDepths = ["1", "2", "3", "4", "all"] as const;
export type FocusDepth = (typeof focusDepths)[number];

export interface MapFocus {
  readonly around: string;
  readonly depth: FocusDepth;
  readonly way: NeighbourWay;
}

/** The part of a map around a node, with all calls inside of it. A node that is not there leaves the map as it is. */
export function viewAround<V extends MapView>(view: V, focus: MapFocus | undefined): V {
  if (!focus || !view.nodes.some(({ id }) => id === focus.around)) return view;
  const depth = focus.depth === "all" ? Number.POSITIVE_INFINITY : Number(focus.depth);
  const near = neighbourhood(view.edges, focus.around, focus.way, depth);
  return {
    ...view,
    nodes: view.nodes.filter(({ id }) => near.has(id)),
    edges: view.edges.filter(({ source, target }) => near.has(source) && near.has(target)),
  };
}
