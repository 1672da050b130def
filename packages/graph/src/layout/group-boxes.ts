import type { Graph } from "../model/graph.ts";
import type { Box } from "../model/placement.ts";

/** Boxes around the members of each group, with the room that the layout gives them. */
export function groupBoxes(graph: Graph, nodes: ReadonlyMap<string, Box>): Map<string, Box> {
  const groups = new Map<string, Box>();
  for (const node of graph.nodes) {
    const box = nodes.get(node.id);
    if (node.group === undefined || !box) continue;
    const room = { x: box.x - 20, y: box.y - 36, width: box.width + 40, height: box.height + 56 };
    const known = groups.get(node.group);
    groups.set(node.group, known ? union(known, room) : room);
  }
  return groups;
}

function union(a: Box, b: Box): Box {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}
