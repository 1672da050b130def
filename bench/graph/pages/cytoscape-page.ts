/** In a browser: a graph drawn by Cytoscape.js. `?texture`: moved as a texture, edges hidden while it moves. */
import cytoscape from "cytoscape";
import type { PlacedGraph } from "../placed-graph.ts";

const moved = new URLSearchParams(location.search).has("texture");
const graph = (await (await fetch("/graph.json")).json()) as PlacedGraph;
const drawing = cytoscape({
  container: document.querySelector<HTMLElement>("#graph"),
  elements: {
    nodes: graph.nodes.map(({ id, name, x, y, width, height }) => ({
      data: { id, name },
      position: { x: x + width / 2, y: y + height / 2 },
    })),
    edges: graph.edges.map(({ id, source, target, width, failing }) => ({
      data: { id, source, target, width, color: failing ? "#bd1f44" : "#0e7468" },
    })),
  },
  layout: { name: "preset" },
  autoungrabify: true,
  textureOnViewport: moved,
  hideEdgesOnViewport: false,
  style: [
    {
      selector: "node",
      style: {
        ...{ shape: "round-rectangle", width: 172, height: 74, "background-color": "#ffffff" },
        ...{ "border-width": 1, "border-color": "#b9c1cf", label: "data(name)", "text-valign": "center" },
        "font-size": 13,
      },
    },
    {
      selector: "edge",
      style: {
        ...{ "curve-style": "bezier", width: "data(width)", "line-color": "data(color)" },
        ...{ "target-arrow-shape": "triangle", "target-arrow-color": "data(color)", "line-opacity": 0.5 },
      },
    },
  ],
});
drawing.one("render", () =>
  requestAnimationFrame(() => {
    document.body.dataset.drawn = "yes";
  }),
);
