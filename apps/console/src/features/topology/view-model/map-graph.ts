import type { Direction, Graph } from "@weir/graph";
import type { MapNode, MapView } from "../../../server/topology/topology-view.ts";
import { labelSize, mostLabels, nodeSize } from "./measures.ts";

/** What is laid out: nodes with the room they take, in boxes by namespace, or by service where versions stand apart. */
export function mapGraph(view: MapView, direction: Direction): Graph {
  const groupOf = view.by === "version" ? byService(view) : byNamespace(view);
  const label = view.edges.length <= mostLabels ? labelSize : undefined;
  return {
    direction,
    nodes: view.nodes.map((node) => ({ id: node.id, ...nodeSize(node, direction), group: groupOf(node) })),
    edges: view.edges.map(({ id, source, target }) => ({ id, source, target, label })),
  };
}

/** Namespaces, where there is more than one. */
function byNamespace({ nodes }: MapView) {
  const namespaces = new Set(
    nodes.filter(({ kind }) => kind !== "outside").map(({ namespace }) => namespace),
  );
  return ({ kind, namespace }: MapNode) =>
    namespaces.size > 1 && kind !== "outside" && kind !== "namespace" ? namespace : undefined;
}

/** Services that have more than one version. */
function byService({ nodes }: MapView) {
  const serviceOf = ({ namespace, name }: MapNode) => `${namespace}/${name}`;
  const versions = Map.groupBy(nodes, serviceOf);
  return (node: MapNode) => {
    const service = serviceOf(node);
    return (versions.get(service)?.length ?? 0) > 1 ? service : undefined;
  };
}
