import type { MapView } from "../../../server/topology/topology-view.ts";
import type { Selection } from "../hooks/use-selection.ts";

/** Ids of what has a part in the selection: it, its edges and their other ends; undefined when all count alike. */
export function inFocus(view: MapView, selection: Selection | undefined): ReadonlySet<string> | undefined {
  if (!selection) return undefined;
  const edges = view.edges.filter((edge) =>
    selection.kind === "edge"
      ? edge.id === selection.id
      : edge.source === selection.id || edge.target === selection.id,
  );
  const known = edges.length > 0 || view.nodes.some((node) => node.id === selection.id);
  if (!known) return undefined;
  return new Set([selection.id, ...edges.flatMap((edge) => [edge.id, edge.source, edge.target])]);
}
