import type { Graph } from "../model/graph.ts";

/**
 * Same key, same picture: made of what has an influence on where things stand and of nothing else, in an order of
 * its own, so that new numbers or another order of rows never move anything.
 */
export function layoutKey(graph: Graph): string {
  const nodes = graph.nodes
    .map((node) => `${node.group ?? ""}|${node.id}|${node.width}x${node.height}`)
    .sort();
  const edges = graph.edges
    .map(
      (edge) =>
        `${edge.source}>${edge.target}|${edge.label ? `${edge.label.width}x${edge.label.height}` : ""}`,
    )
    .sort();
  return [graph.direction, ...nodes, "", ...edges].join("\n");
}
