/** In a browser: a graph drawn by React Flow, with its own nodes and curves. */
import { type Edge, MarkerType, type Node, Position, ReactFlow } from "@xyflow/react";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import type { PlacedGraph } from "../placed-graph.ts";

const graph = (await (await fetch("/graph.json")).json()) as PlacedGraph;
const nodes: Node[] = graph.nodes.map(({ id, name, x, y, width, height }) => ({
  ...{ id, data: { label: name }, position: { x, y }, width, height },
  ...{ sourcePosition: Position.Right, targetPosition: Position.Left },
}));
const edges: Edge[] = graph.edges.map(({ id, source, target, width, failing }) => {
  const color = failing ? "#bd1f44" : "#0e7468";
  return {
    ...{ id, source, target, style: { strokeWidth: width, stroke: color, strokeOpacity: 0.5 } },
    markerEnd: { type: MarkerType.ArrowClosed, color },
  };
});

createRoot(document.querySelector("#graph") ?? document.body).render(
  createElement(ReactFlow, {
    ...{ defaultNodes: nodes, defaultEdges: edges, nodesDraggable: false, minZoom: 0.02, fitView: true },
  }),
);

/** Drawn are the nodes at once, and the edges when the nodes have been measured. */
function look(): void {
  if (document.querySelectorAll(".react-flow__edge").length < edges.length) requestAnimationFrame(look);
  else
    requestAnimationFrame(() => {
      document.body.dataset.drawn = "yes";
    });
}
requestAnimationFrame(look);
