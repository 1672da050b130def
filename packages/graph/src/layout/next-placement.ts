import { connect } from "../geometry/connect.ts";
import type { Graph } from "../model/graph.ts";
import type { Box, PlacedEdge, Placement } from "../model/placement.ts";
import { findRoom } from "./find-room.ts";
import { groupBoxes } from "./group-boxes.ts";
import { type LayoutEngine, layoutGraph } from "./layout-graph.ts";
import { layoutKey } from "./layout-key.ts";
import { isLarge } from "./layout-large.ts";

/** Above this share of new nodes the old places are no longer what people remember, and a clean picture is better. */
const largestShareOfNewNodes = 1 / 3;

/**
 * The placement of a graph that changed: what stood stays where it was, new nodes go where they would stand beside
 * their neighbours, as near as there is room. With the same key it is the previous object itself.
 */
export async function nextPlacement(
  previous: Placement | undefined,
  graph: Graph,
  engine: LayoutEngine,
): Promise<Placement> {
  const key = layoutKey(graph);
  if (previous?.key === key) return previous;
  const added = graph.nodes.filter((node) => !previous?.nodes.has(node.id));
  const stays =
    previous !== undefined &&
    previous.direction === graph.direction &&
    added.length <= graph.nodes.length * largestShareOfNewNodes;
  if (!stays) return layoutGraph(graph, engine);
  const ideal = added.length > 0 ? await layoutGraph(graph, engine) : undefined;
  const nodes = placeNodes(previous, graph, ideal);
  return {
    key,
    direction: graph.direction,
    nodes,
    edges: placeEdges(previous, graph, nodes),
    groups: groupBoxes(graph, nodes),
  };
}

function placeNodes(previous: Placement, graph: Graph, ideal: Placement | undefined): Map<string, Box> {
  const nodes = new Map<string, Box>();
  for (const { id, width, height } of graph.nodes) {
    const old = previous.nodes.get(id);
    if (old) nodes.set(id, { x: old.x, y: old.y, width, height });
  }
  for (const { id } of graph.nodes) {
    const wish = ideal?.nodes.get(id);
    if (nodes.has(id) || !ideal || !wish) continue;
    const shift = shiftOf(id, graph, ideal, previous);
    nodes.set(id, findRoom({ ...wish, x: wish.x + shift.x, y: wish.y + shift.y }, [...nodes.values()]));
  }
  return nodes;
}

/** How far the old picture lies from the ideal one around a node: at the first neighbour that was there. */
function shiftOf(id: string, graph: Graph, ideal: Placement, previous: Placement): { x: number; y: number } {
  for (const edge of graph.edges) {
    const other = edge.source === id ? edge.target : edge.target === id ? edge.source : undefined;
    const was = other === undefined ? undefined : previous.nodes.get(other);
    const wouldBe = other === undefined ? undefined : ideal.nodes.get(other);
    if (was && wouldBe) return { x: was.x - wouldBe.x, y: was.y - wouldBe.y };
  }
  return { x: 0, y: 0 };
}

function placeEdges(
  previous: Placement,
  graph: Graph,
  nodes: ReadonlyMap<string, Box>,
): Map<string, PlacedEdge> {
  const edges = new Map<string, PlacedEdge>();
  const curved = isLarge(graph);
  for (const edge of graph.edges) {
    const source = nodes.get(edge.source);
    const target = nodes.get(edge.target);
    if (!source || !target) continue;
    const old = previous.edges.get(edge.id);
    const unchanged =
      old &&
      (old.curved ?? false) === curved &&
      isSame(source, previous.nodes.get(edge.source)) &&
      isSame(target, previous.nodes.get(edge.target));
    edges.set(
      edge.id,
      unchanged
        ? old
        : {
            source: edge.source,
            target: edge.target,
            ...connect(source, target, graph.direction, curved),
          },
    );
  }
  return edges;
}

function isSame(a: Box, b: Box | undefined): boolean {
  return b !== undefined && a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
