import { edgeWidth, healthOf, type Placement } from "@weir/graph";
import type { MapNode, MapView } from "../../../server/topology/topology-view.ts";
import { type Dimmed, type EdgeLooks, type Geometry, healthOrder, type NodeChanges } from "./scene.ts";

/** The places of a placement, numbered: numbers of later views go to the same places. */
export interface Slots {
  readonly nodes: ReadonlyMap<string, number>;
  readonly edges: ReadonlyMap<string, number>;
}

export function slotsOf({ nodes, edges }: Placement): Slots {
  const numbered = (ids: Iterable<string>) => new Map([...ids].map((id, index) => [id, index]));
  return { nodes: numbered(nodes.keys()), edges: numbered(edges.keys()) };
}

/** In the order of {@link slotsOf}. */
export function packGeometry({ nodes, edges, groups }: Placement): Geometry {
  const boxes = new Float32Array(4 * nodes.size);
  let at = 0;
  for (const { x, y, width, height } of nodes.values()) {
    boxes.set([x, y, width, height], at);
    at += 4;
  }
  const curves = new Float32Array(8 * edges.size);
  at = 0;
  for (const { points, curved } of edges.values()) {
    const [start, second] = points;
    const end = points.at(-1) ?? start;
    if (start && second && end) {
      // A way along the axes is there for a moment only, when a small map has grown: straight, until it is curved.
      const [c1, c2] = curved ? [second, points[2] ?? end] : [start, end];
      curves.set([start.x, start.y, c1.x, c1.y, c2.x, c2.y, end.x, end.y], at);
    }
    at += 8;
  }
  return { boxes, curves, groups: [...groups].map(([name, box]) => ({ name, ...box })) };
}

export function packEdges(view: MapView, slots: Slots): EdgeLooks {
  const widths = new Float32Array(slots.edges.size);
  const healths = new Uint8Array(slots.edges.size);
  for (const edge of view.edges) {
    const slot = slots.edges.get(edge.id);
    if (slot === undefined) continue;
    widths[slot] = edgeWidth(edge.rps);
    healths[slot] = healthOrder.indexOf(healthOf(edge));
  }
  return { widths, healths };
}

/** The nodes of each place; undefined where a view has none for it. */
export function placedNodes(view: MapView, slots: Slots): (MapNode | undefined)[] {
  const nodes: (MapNode | undefined)[] = new Array(slots.nodes.size).fill(undefined);
  for (const node of view.nodes) {
    const slot = slots.nodes.get(node.id);
    if (slot !== undefined) nodes[slot] = node;
  }
  return nodes;
}

/** What changed from one view to the next; equal nodes of two answers are the same object. */
export function nodeChanges(
  before: readonly (MapNode | undefined)[],
  now: readonly (MapNode | undefined)[],
): NodeChanges {
  return now.flatMap((node, index) => (node === before[index] ? [] : [[index, node] as const]));
}

export function packDimmed(focus: ReadonlySet<string> | undefined, slots: Slots): Dimmed {
  if (!focus) return {};
  const outOf = (ids: ReadonlyMap<string, number>) => {
    const dimmed = new Uint8Array(ids.size);
    for (const [id, slot] of ids) dimmed[slot] = focus.has(id) ? 0 : 1;
    return dimmed;
  };
  return { nodes: outOf(slots.nodes), edges: outOf(slots.edges) };
}
