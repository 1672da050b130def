import { curveEdge } from "../geometry/curve-edge.ts";
import type { Graph } from "../model/graph.ts";
import type { Box, PlacedEdge, Placement } from "../model/placement.ts";
import type { ColumnProblem } from "./arrange-columns.ts";
import { groupBoxes } from "./group-boxes.ts";
import { layoutKey } from "./layout-key.ts";

/** Beyond this, ELK takes seconds: 3.8 s for 100 nodes and 300 edges, 5.6 s for 300 and 1,000, both measured. */
const largestForElk = { nodes: 120, edges: 240 };

interface Counted {
  readonly length: number;
}

/** Too many nodes or edges for ELK, and to be drawn each by itself. */
export function isLarge({ nodes, edges }: { readonly nodes: Counted; readonly edges: Counted }): boolean {
  return nodes.length > largestForElk.nodes || edges.length > largestForElk.edges;
}

/** Lays a large graph out in columns (`arrangeColumns`, asked for by `arrange`); its edges are curves. */
export async function layoutLarge(
  graph: Graph,
  arrange: (problem: ColumnProblem) => Promise<Float64Array>,
): Promise<Placement> {
  const sorted = [...graph.nodes].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const turned = graph.direction === "down";
  const indexes = new Map(sorted.map((node, index) => [node.id, index]));
  const groups = new Map([...new Set(sorted.map((node) => node.group))].map((name, index) => [name, index]));
  const known = graph.edges
    .map((edge) => ({ source: indexes.get(edge.source), target: indexes.get(edge.target) }))
    .filter((edge): edge is { source: number; target: number } => isKnown(edge))
    .sort((a, b) => a.source - b.source || a.target - b.target);
  const places = await arrange({
    widths: Float64Array.from(sorted, (node) => (turned ? node.height : node.width)),
    heights: Float64Array.from(sorted, (node) => (turned ? node.width : node.height)),
    groups: Int32Array.from(sorted, ({ group }) => (group === undefined ? -1 : (groups.get(group) ?? -1))),
    sources: Uint32Array.from(known, (edge) => edge.source),
    targets: Uint32Array.from(known, (edge) => edge.target),
  });
  const nodes = new Map<string, Box>();
  sorted.forEach(({ id, width, height }, index) => {
    const [along, across] = [places[2 * index] ?? 0, places[2 * index + 1] ?? 0];
    nodes.set(id, turned ? { x: across, y: along, width, height } : { x: along, y: across, width, height });
  });
  return {
    key: layoutKey(graph),
    direction: graph.direction,
    nodes,
    edges: curveEdges(graph, nodes),
    groups: groupBoxes(graph, nodes),
  };
}

function isKnown(edge: { source: number | undefined; target: number | undefined }): boolean {
  return edge.source !== undefined && edge.target !== undefined;
}

function curveEdges(graph: Graph, nodes: ReadonlyMap<string, Box>): Map<string, PlacedEdge> {
  const edges = new Map<string, PlacedEdge>();
  for (const { id, source, target } of graph.edges) {
    const [from, to] = [nodes.get(source), nodes.get(target)];
    if (from && to) edges.set(id, { source, target, ...curveEdge(from, to, graph.direction) });
  }
  return edges;
}
