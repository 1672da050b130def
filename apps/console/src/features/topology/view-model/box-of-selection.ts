import { type Box, boundsOf, type Placement } from "@weir/graph";
import type { Selection } from "../hooks/use-selection.ts";

/** Where the selected thing stands: a node, or an edge with both of its ends. */
export function boxOfSelection(placement: Placement, selection: Selection | undefined): Box | undefined {
  if (selection?.kind === "node") return placement.nodes.get(selection.id);
  const edge = selection && placement.edges.get(selection.id);
  if (!edge) return undefined;
  const ends = [edge.source, edge.target].flatMap((id): [string, Box][] => {
    const box = placement.nodes.get(id);
    return box ? [[id, box]] : [];
  });
  return boundsOf({ nodes: new Map(ends), edges: new Map([[selection.id, edge]]), groups: new Map() });
}
