import type { ElkExtendedEdge, ElkNode, ElkPort } from "elkjs";
import type { Direction, Graph, GraphNode } from "../model/graph.ts";
import { backEdges } from "./back-edges.ts";

/** Prefix of a group's id in ELK's graph, which no node's id starts with. */
export const groupPrefix = "group:";

/** From this many nodes on, crossings are searched with less effort: seconds for hardly a better picture. */
const largeGraph = 200;

const sides: Record<Direction, { in: string; out: string; elk: string }> = {
  right: { in: "WEST", out: "EAST", elk: "RIGHT" },
  down: { in: "NORTH", out: "SOUTH", elk: "DOWN" },
};

/**
 * The graph as ELK's layered algorithm takes it. Every edge has a port of its own on the side where it leaves and
 * arrives, so that flow reads in one direction even where calls go in a circle; groups are compound nodes. Sorted
 * by id: ELK breaks ties by order, and rows come from a database in any.
 */
export function buildElkGraph(graph: Graph): ElkNode {
  const nodes = [...graph.nodes].sort(byId);
  const known = new Set(nodes.map((node) => node.id));
  const edges = graph.edges.filter((edge) => known.has(edge.source) && known.has(edge.target)).sort(byId);
  const back = backEdges([...known], edges);
  const side = sides[graph.direction];
  const ports = new Map<string, ElkPort[]>(nodes.map((node) => [node.id, []]));
  for (const edge of edges) {
    ports.get(edge.source)?.push(port(`${edge.id}:out`, side.out));
    ports.get(edge.target)?.push(port(`${edge.id}:in`, side.in));
  }
  const elkNodes = (of: readonly GraphNode[]): ElkNode[] =>
    of.map((node) => ({
      id: node.id,
      width: node.width,
      height: node.height,
      ports: ports.get(node.id) ?? [],
      layoutOptions: { "elk.portConstraints": "FIXED_SIDE" },
    }));
  const groups = Map.groupBy(nodes, (node) => node.group);
  const children = elkNodes(groups.get(undefined) ?? []);
  for (const [name, members] of groups)
    if (name !== undefined)
      children.push({
        id: groupPrefix + name,
        children: elkNodes(members),
        layoutOptions: { "elk.padding": "[top=36,left=20,bottom=20,right=20]" },
      });
  return {
    id: "root",
    children,
    edges: edges.map((edge) => toElkEdge(edge, back.has(edge.id))),
    layoutOptions: options(graph, side.elk),
  };
}

function port(id: string, side: string): ElkPort {
  return { id, width: 0, height: 0, layoutOptions: { "elk.port.side": side } };
}

function toElkEdge(edge: Graph["edges"][number], isBack: boolean): ElkExtendedEdge {
  return {
    id: edge.id,
    sources: [`${edge.id}:out`],
    targets: [`${edge.id}:in`],
    // Of a circle's edges, ELK turns round those it is told to care least about.
    layoutOptions: { "elk.layered.priority.direction": isBack ? "0" : "10" },
    ...(edge.label
      ? { labels: [{ id: `${edge.id}:label`, text: edge.id, ...edge.label, layoutOptions: inline }] }
      : {}),
  };
}

/** On the line itself, in the middle of its way; ELK leaves out labels without a text. */
const inline = { "elk.edgeLabels.placement": "CENTER", "elk.edgeLabels.inline": "true" };

/** Downward is for narrow windows, where every pixel of width counts and height does not. */
const spacing: Record<Direction, Record<string, string>> = {
  right: {
    "elk.spacing.nodeNode": "28",
    "elk.spacing.edgeNode": "18",
    "elk.spacing.edgeEdge": "14",
    "elk.layered.spacing.nodeNodeBetweenLayers": "20",
  },
  down: {
    "elk.spacing.nodeNode": "12",
    "elk.spacing.edgeNode": "10",
    "elk.spacing.edgeEdge": "8",
    "elk.layered.spacing.nodeNodeBetweenLayers": "26",
  },
};

function options(graph: Graph, direction: string): Record<string, string> {
  const effort = graph.nodes.length >= largeGraph ? "2" : "12";
  return {
    "elk.algorithm": "layered",
    "elk.direction": direction,
    "elk.hierarchyHandling": "INCLUDE_CHILDREN",
    "elk.edgeRouting": "ORTHOGONAL",
    "elk.json.shapeCoords": "ROOT",
    "elk.json.edgeCoords": "ROOT",
    "elk.randomSeed": "1",
    "elk.layered.thoroughness": effort,
    "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
    "elk.layered.nodePlacement.bk.fixedAlignment": "BALANCED",
    "elk.layered.nodePlacement.favorStraightEdges": "true",
    ...spacing[graph.direction],
    "elk.spacing.edgeLabel": "4",
    "elk.spacing.componentComponent": "44",
    "elk.layered.spacing.edgeNodeBetweenLayers": "12",
    "elk.layered.spacing.edgeEdgeBetweenLayers": "9",
  };
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
