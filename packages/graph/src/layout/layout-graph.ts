import type { ElkEdgeSection, ElkExtendedEdge, ElkNode } from "elkjs";
import { pointAlong } from "../geometry/edge-path.ts";
import type { Graph, Point } from "../model/graph.ts";
import type { Box, PlacedEdge, Placement } from "../model/placement.ts";
import type { ColumnProblem } from "./arrange-columns.ts";
import { buildElkGraph, groupPrefix } from "./elk-graph.ts";
import { layoutKey } from "./layout-key.ts";
import { isLarge, layoutLarge } from "./layout-large.ts";

/** What decides on places; in a browser it runs in workers, in Node as it is. `layout` is the part of elkjs that is used. */
export interface LayoutEngine {
  layout(graph: ElkNode): Promise<ElkNode>;
  /** {@link arrangeColumns}, for graphs that are too large for ELK. */
  arrange(problem: ColumnProblem): Promise<Float64Array>;
}

/** Lays the whole graph out anew. Deterministic: the same key gives the same placement. */
export async function layoutGraph(graph: Graph, engine: LayoutEngine): Promise<Placement> {
  if (isLarge(graph)) return layoutLarge(graph, (problem) => engine.arrange(problem));
  const laidOut = await engine.layout(buildElkGraph(graph));
  const nodes = new Map<string, Box>();
  const groups = new Map<string, Box>();
  for (const child of laidOut.children ?? []) {
    if (child.id.startsWith(groupPrefix)) {
      groups.set(child.id.slice(groupPrefix.length), boxOf(child));
      for (const member of child.children ?? []) nodes.set(member.id, boxOf(member));
    } else nodes.set(child.id, boxOf(child));
  }
  const ends = new Map(graph.edges.map((edge) => [edge.id, edge]));
  const edges = new Map<string, PlacedEdge>();
  for (const edge of laidOut.edges ?? []) {
    const end = ends.get(edge.id);
    const points = pointsOf(edge.sections);
    if (!end || points.length < 2) continue;
    const labelAt = labelOf(edge) ?? pointAlong(points, 0.5);
    edges.set(edge.id, { source: end.source, target: end.target, points, labelAt });
  }
  return { key: layoutKey(graph), direction: graph.direction, nodes, edges, groups };
}

function boxOf({ x = 0, y = 0, width = 0, height = 0 }: ElkNode): Box {
  return { x, y, width, height };
}

function pointsOf(sections: readonly ElkEdgeSection[] | undefined): Point[] {
  return (sections ?? []).flatMap((section) => [
    section.startPoint,
    ...(section.bendPoints ?? []),
    section.endPoint,
  ]);
}

function labelOf(edge: ElkExtendedEdge): Point | undefined {
  const label = edge.labels?.[0];
  if (label?.x === undefined || label.y === undefined) return undefined;
  return { x: label.x + (label.width ?? 0) / 2, y: label.y + (label.height ?? 0) / 2 };
}
