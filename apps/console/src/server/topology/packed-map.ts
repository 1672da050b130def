import type { ConnectionSecurity } from "@weir/domain";
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
    for (const name in edge) {
      // `Object.entries` would make 200,000 lists of a large map
      const value = edge[name as keyof MapEdge];
      if (name === "id" || name === "source" || name === "target" || value === undefined) continue;
      facts[name] ??= new Array(view.edges.length).fill(null);
      (facts[name] as unknown[])[i] = packed(name, edge) ?? value;
    }
  }
  return { ...view, edges: { source, target, facts } };
}

/** The same map again; edges with an end that is no node are gone, which the view never has. */
export function unpackMap<P extends PackedMap>(packed: P): Omit<P, "edges"> & MapView {
  const unpack = edgeUnpacker(packed);
  return { ...packed, edges: packed.edges.source.flatMap((_, place) => unpack(place) ?? []) };
}

/** In a shorter form; undefined: it has none. */
function packed(fact: string, edge: MapEdge): unknown {
  if (fact === "byVersion") return packVersions(edge);
  return fact === "security" ? packSecurity(edge) : undefined;
}

type ByVersion = MapEdge["byVersion"];
type Fact = Exclude<keyof MapEdge, "id" | "source" | "target">;
type Columns = { readonly [F in Fact]?: readonly (MapEdge[F] | null)[] } & {
  readonly byVersion?: readonly (ByVersion | string | null)[];
  readonly security?: readonly (MapEdge["security"] | ConnectionSecurity | null)[];
};
/** All facts have to be named, also those that an edge may be without. */
type WholeEdge = { readonly [F in keyof Required<MapEdge>]: MapEdge[F] };

/**
 * Makes the edge of a place in the columns; undefined where an end of it is no node. Each fact is named, because objects that
 * are written down whole are made ten times as fast as those that get one fact after the other.
 */
export function edgeUnpacker({ nodes, edges }: PackedMap): (place: number) => MapEdge | undefined {
  const { requests, errors, clientErrors, grpcErrors, flags, p50, p95, p99, ...more } =
    edges.facts as Columns;
  const { rps, errorShare, requestBytes, responseBytes, protocol, security, resends, ...rest } = more;
  const { evidence, sampled, byVersion, marks } = rest;
  return (place) => {
    const source = nodes[edges.source[place] ?? -1]?.id;
    const target = nodes[edges.target[place] ?? -1]?.id;
    if (source === undefined || target === undefined) return undefined;
    const numbers = {
      requests: requests?.[place] ?? 0,
      errors: errors?.[place] ?? 0,
      p50: p50?.[place] ?? undefined,
      p95: p95?.[place] ?? undefined,
      p99: p99?.[place] ?? undefined,
    };
    const versions = byVersion?.[place] ?? [];
    const secured = security?.[place] ?? undefined;
    const edge: WholeEdge = {
      id: `${source}~${target}`,
      source,
      target,
      requests: numbers.requests,
      errors: numbers.errors,
      clientErrors: clientErrors?.[place] ?? 0,
      grpcErrors: grpcErrors?.[place] ?? 0,
      flags: flags?.[place] ?? {},
      p50: numbers.p50,
      p95: numbers.p95,
      p99: numbers.p99,
      rps: rps?.[place] ?? 0,
      errorShare: errorShare?.[place] ?? 0,
      requestBytes: requestBytes?.[place] ?? 0,
      responseBytes: responseBytes?.[place] ?? 0,
      protocol: protocol?.[place] ?? "",
      security: typeof secured === "string" ? { [secured]: numbers.requests } : secured,
      resends: resends?.[place] ?? undefined,
      evidence: evidence?.[place] ?? "metrics",
      sampled: sampled?.[place] ?? false,
      // An edge to one version only has the numbers of that version.
      byVersion: typeof versions === "string" ? [{ version: versions, ...numbers }] : versions,
      marks: marks?.[place] ?? undefined,
    };
    return edge;
  };
}

/** Only how, where all requests are secured alike. */
function packSecurity({ security = {}, requests }: MapEdge): MapEdge["security"] | string {
  const [only, ...others] = Object.entries(security);
  return only && others.length === 0 && only[1] === requests ? only[0] : security;
}

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
