import { connect } from "../geometry/connect.ts";
import { stretchEdge } from "../geometry/stretch-edge.ts";
import type { Point } from "../model/graph.ts";
import type { Box, PlacedEdge, Placement } from "../model/placement.ts";

const nowhere: Point = { x: 0, y: 0 };

/** The placement with nodes moved by hand, by their distance from where they were laid out; their edges follow. */
export function moveNodes(placement: Placement, moves: Readonly<Record<string, Point>>): Placement {
  const moved = Object.entries(moves).filter(([id]) => placement.nodes.has(id));
  if (moved.length === 0) return placement;
  const nodes = new Map<string, Box>(placement.nodes);
  for (const [id, by] of moved) {
    const box = placement.nodes.get(id);
    if (box) nodes.set(id, { ...box, x: box.x + by.x, y: box.y + by.y });
  }
  const edges = new Map<string, PlacedEdge>(placement.edges);
  for (const [id, edge] of placement.edges) {
    const source = nodes.get(edge.source);
    const target = nodes.get(edge.target);
    if (!source || !target || !(edge.source in moves || edge.target in moves)) continue;
    const by = { source: moves[edge.source] ?? nowhere, target: moves[edge.target] ?? nowhere };
    const stretched = edge.curved ? undefined : stretchEdge(edge, by, placement.direction);
    const way = stretched ?? connect(source, target, placement.direction, edge.curved ?? false);
    edges.set(id, { ...edge, ...way });
  }
  return { ...placement, nodes, edges };
}
