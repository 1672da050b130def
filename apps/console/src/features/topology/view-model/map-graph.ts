import type { Direction, Graph } from "@weir/graph";
import type { MapView } from "../../../server/topology/topology-view.ts";
import { labelSize, mostLabels, nodeSize } from "./measures.ts";

/** What is laid out: nodes with the room they take, in boxes by namespace where there is more than one. */
export function mapGraph(view: MapView, direction: Direction): Graph {
  const namespaces = new Set(
    view.nodes.filter((node) => node.kind !== "outside").map((node) => node.namespace),
  );
  const grouped = namespaces.size > 1;
  const label = view.edges.length <= mostLabels ? labelSize : undefined;
  return {
    direction,
    nodes: view.nodes.map((node) => ({
      id: node.id,
      ...nodeSize(node, direction),
      group: grouped && node.kind !== "outside" ? node.namespace : undefined,
    })),
    edges: view.edges.map(({ id, source, target }) => ({ id, source, target, label })),
  };
}
