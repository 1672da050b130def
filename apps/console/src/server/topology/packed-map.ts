import type { MapEdge, MapView } from "./topology-view.ts";

/**
 * A map on its way to the page. Edges are as many columns as they have facts, their ends places in the list of nodes:
 * ten thousand edges that each name their facts and ends anew are three times as many bytes to write, press and read.
 */
export interface PackedMap extends Omit<MapView, "edges"> {
  readonly edges: {
    readonly source: readonly number[];
    readonly target: readonly number[];
    /** By fact, a value for each edge; null where an edge has none. Identities are left out: they are `source~target`. */
    readonly facts: Readonly<Record<string, readonly unknown[]>>;
  };
}

export function packMap<V extends MapView>(view: V): Omit<V, "edges"> & PackedMap {
  const places = new Map(view.nodes.map(({ id }, place) => [id, place]));
  const [source, target] = [new Array<number>(view.edges.length), new Array<number>(view.edges.length)];
  const facts: Record<string, unknown[]> = {};
  for (const [i, edge] of view.edges.entries()) {
    source[i] = places.get(edge.source) ?? -1;
    target[i] = places.get(edge.target) ?? -1;
    for (const [name, value] of Object.entries(edge)) {
      if (name === "id" || name === "source" || name === "target" || value === undefined) continue;
      facts[name] ??= new Array(view.edges.length).fill(null);
      (facts[name] as unknown[])[i] = name === "byVersion" ? packVersions(edge) : value;
    }
  }
  return { ...view, edges: { source, target, facts } };
}

/** The same map again; edges with an end that is no node are gone, which the view never has. */
export function unpackMap<P extends PackedMap>(packed: P): Omit<P, "edges"> & MapView {
  const unpack = edgeUnpacker(packed);
  return { ...packed, edges: packed.edges.source.flatMap((_, place) => unpack(place) ?? []) };
}

/** Makes the edge of a place in the columns; undefined where an end of it is no node. */
export function edgeUnpacker({ nodes, edges }: PackedMap): (place: number) => MapEdge | undefined {
  const columns = Object.entries(edges.facts);
  return (place) => {
    const source = nodes[edges.source[place] ?? -1]?.id;
    const target = nodes[edges.target[place] ?? -1]?.id;
    if (source === undefined || target === undefined) return undefined;
    const edge: Record<string, unknown> = { id: `${source}~${target}`, source, target };
    for (const [name, values] of columns) {
      const value = values[place];
      if (value !== null && value !== undefined) edge[name] = value;
    }
    edge.byVersion = unpackVersions(edge as unknown as MapEdge);
    return edge as unknown as MapEdge;
  };
}

type ByVersion = MapEdge["byVersion"];

/** An edge to one version only has the numbers of that version. */
function packVersions({ byVersion, requests, errors, p50, p95, p99 }: MapEdge): ByVersion | string {
  const [only, ...others] = byVersion;
  if (!only || others.length > 0) return byVersion;
  const same =
    only.requests === requests &&
    only.errors === errors &&
    only.p50 === p50 &&
    only.p95 === p95 &&
    only.p99 === p99;
  return same ? only.version : byVersion;
}

function unpackVersions(edge: Omit<MapEdge, "byVersion"> & { byVersion: ByVersion | string }): ByVersion {
  if (typeof edge.byVersion !== "string") return edge.byVersion;
  const { requests, errors, p50, p95, p99 } = edge;
  return [{ version: edge.byVersion, requests, errors, p50, p95, p99 }];
}
