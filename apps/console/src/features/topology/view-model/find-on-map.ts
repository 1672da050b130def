import type { FindPredicate } from "@weir/graph";
import type { MapView } from "../../../server/topology/topology-view.ts";
import type { Selection } from "../hooks/use-selection.ts";
import { elementOfEdge, elementOfNode } from "./find-elements.ts";

/** The map without what is to be hidden; with a service go its edges. */
export function withoutHidden<V extends MapView>(view: V, hides: FindPredicate | undefined): V {
  if (!hides) return view;
  const known = new Map(view.nodes.map((node) => [node.id, node]));
  const nodes = view.nodes.filter((node) => !hides(elementOfNode(node)));
  const left = new Set(nodes.map(({ id }) => id));
  const edges = view.edges.filter(
    (edge) => left.has(edge.source) && left.has(edge.target) && !hides(elementOfEdge(edge, known)),
  );
  return { ...view, nodes, edges };
}

/** How much of a map is hidden. */
export interface Hidden {
  readonly services: number;
  /** With those that went because an end of theirs did. */
  readonly edges: number;
}

export function hiddenFrom(all: MapView | undefined, shown: MapView | undefined): Hidden {
  if (!all || !shown) return { services: 0, edges: 0 };
  return { services: all.nodes.length - shown.nodes.length, edges: all.edges.length - shown.edges.length };
}

export interface Found {
  readonly services: number;
  readonly edges: number;
  /** What stays in full view: what was found, the ends of edges that were, and edges between services that were. */
  readonly ids: ReadonlySet<string>;
}

/** What is looked for; undefined: nothing is. */
export function foundOn(view: MapView, finds: FindPredicate | undefined): Found | undefined {
  if (!finds) return undefined;
  const known = new Map(view.nodes.map((node) => [node.id, node]));
  const services = new Set(view.nodes.filter((node) => finds(elementOfNode(node))).map(({ id }) => id));
  const edges = view.edges.filter((edge) => finds(elementOfEdge(edge, known)));
  const between = view.edges.filter(({ source, target }) => services.has(source) && services.has(target));
  return {
    services: services.size,
    edges: edges.length,
    ids: new Set([
      ...services,
      ...edges.flatMap(({ id, source, target }) => [id, source, target]),
      ...between.map(({ id }) => id),
    ]),
  };
}

/** Whether what is selected is on a map at all. */
export function isOn(view: MapView, selection: Selection): boolean {
  const all = selection.kind === "node" ? view.nodes : view.edges;
  return all.some(({ id }) => id === selection.id);
}
