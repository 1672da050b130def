import type { MapView } from "../../../server/topology/topology-view.ts";

/** The graph that the map shows as JSON: what nodes stand for, the window it is of, nodes and edges with their facts. */
export function graphJson(view: MapView, window: string): string {
  const { by = "service", nodes, edges } = view;
  return `${JSON.stringify({ by, window, nodes, edges }, null, 2)}\n`;
}

/** `weir-map-15m.json`; of a window that stays, its times without what file systems refuse. */
export function exportName(window: string, ending: string): string {
  return `weir-map-${window.replaceAll("/", "_").replaceAll(/[^\w.-]/g, "")}.${ending}`;
}
