import { compareVersions, type MeshConfig, outsideMesh, readServiceId, serviceIdText } from "@weir/domain";
import type { ServiceSummary, TopologyRows } from "@weir/store";
import type { MapMark } from "./map-marks.ts";
import type { MapBy } from "./places.ts";

export interface MapVersion {
  readonly version: string;
  /** It has an endpoint right now. */
  readonly ready: boolean;
  readonly requests: number;
  readonly errors: number;
  /** 0 to 1, of the service's requests; undefined while it has none. */
  readonly share: number | undefined;
  /** 0 to 1, what the service's canary gives it; absent without one. */
  readonly wanted?: number | undefined;
}

/** A service on the map. */
export interface ServiceNode {
  /** `namespace/name`. */
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  /** `outside`: callers without a sidecar. `seen`: known by telemetry only, no sidecar ever registered for it. */
  readonly kind: "service" | "seen" | "outside";
  readonly mode?: ServiceSummary["resolvedMode"] | undefined;
  readonly stableVersion?: string | undefined;
  /** Its canary acts; in observe it is only counted. Absent without one. */
  readonly canaryActs?: boolean | undefined;
  readonly versions: readonly MapVersion[];
  /** Requests it received. */
  readonly requests: number;
  readonly errors: number;
  /** Answers of class 4, and those with a gRPC status other than OK. */
  readonly clientErrors: number;
  readonly grpcErrors: number;
  readonly rps: number;
  /** What its policies are for; absent: none that shows. */
  readonly marks?: readonly MapMark[] | undefined;
}

/** A node of the map: a service, or what a view by namespace or version makes of services. */
export interface MapNode extends Omit<ServiceNode, "kind"> {
  /** `namespace`: all services of one, collapsed; its id is `namespace/*`. */
  readonly kind: ServiceNode["kind"] | "namespace";
  /** It is one version of the service; empty: requests that reached none. */
  readonly version?: string | undefined;
  /** Of the version: it has an endpoint right now; its share of the service's requests; what a canary gives it. */
  readonly ready?: boolean | undefined;
  readonly share?: number | undefined;
  readonly wanted?: number | undefined;
  /** How many services a namespace has. */
  readonly services?: number | undefined;
  /** Requests a second from one of its services to another; they are part of `rps`. */
  readonly insideRps?: number | undefined;
  /** Seconds, of all that arrived; absent where only versions and edges tell. */
  readonly p50?: number | undefined;
  readonly p95?: number | undefined;
  readonly p99?: number | undefined;
}

export type MapEdge = Omit<TopologyRows["edges"][number], "source" | "destination"> & {
  /** `source~target`. */
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** What was done to its requests, or would have been; absent: nothing. */
  readonly marks?: readonly MapMark[] | undefined;
};

export interface MapView {
  /** What nodes stand for; absent: services. */
  readonly by?: MapBy | undefined;
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
}

export interface ServiceView extends MapView {
  readonly nodes: readonly ServiceNode[];
}

/**
 * The map: every service that registered, with or without traffic, and every end of an edge that was measured.
 * Ordered by id, so that equal content is equal.
 */
export function topologyView(
  rows: TopologyRows,
  services: readonly ServiceSummary[],
  policies: MeshConfig["policies"],
): ServiceView {
  const measured = new Map(rows.nodes.map((node) => [idOf(node.namespace, node.service), node]));
  const known = new Map(services.map((service) => [idOf(service.namespace, service.name), service]));
  const edges = rows.edges.map(({ source, destination, ...rest }): MapEdge => {
    const from = idOf(source.namespace, source.service);
    const to = idOf(destination.namespace, destination.service);
    return { ...rest, id: `${from}~${to}`, source: from, target: to };
  });
  const ids = new Set([
    ...measured.keys(),
    ...known.keys(),
    ...edges.flatMap((edge) => [edge.source, edge.target]),
  ]);
  const arrivals = Map.groupBy(edges, (edge) => edge.target);
  const nodes = [...ids].sort().map((id): ServiceNode => {
    const service = known.get(id);
    const row = measured.get(id);
    const { namespace = "", service: name = "" } = readServiceId(id) ?? {};
    const outside = namespace === outsideMesh.namespace && name === outsideMesh.service;
    // Requests that reached no version count too: a service without an endpoint fails, it is not without data.
    const arrived = arrivals.get(id) ?? [];
    const canary = policies.find(
      (p) => p.kind === "canary" && p.namespace === namespace && p.targetRef === name,
    );
    const wanted = canary?.kind === "canary" ? canary.backends : undefined;
    return {
      id,
      namespace,
      name,
      kind: outside ? "outside" : service ? "service" : "seen",
      mode: service?.resolvedMode,
      stableVersion: service?.stableVersionInForce,
      canaryActs:
        canary &&
        service &&
        (canary.mode ?? service.resolvedMode.mode) === "enforce" &&
        service.resolvedMode.origin !== "hold",
      versions: versionsOf(row, service, wanted),
      requests: sum(arrived, "requests"),
      errors: sum(arrived, "errors"),
      clientErrors: sum(arrived, "clientErrors"),
      grpcErrors: sum(arrived, "grpcErrors"),
      rps: sum(arrived, "rps"),
    };
  });
  return { nodes, edges };
}

function versionsOf(
  row: TopologyRows["nodes"][number] | undefined,
  service: ServiceSummary | undefined,
  wanted: readonly { version: string; weight: number }[] | undefined,
): MapVersion[] {
  const names = new Set([...(service?.versions ?? []), ...(row?.versions ?? []).map((v) => v.version)]);
  names.delete("");
  return [...names].sort(compareVersions).map((version) => {
    const counted = row?.versions.find((candidate) => candidate.version === version);
    return {
      version,
      ready: service?.readyVersions.includes(version) ?? false,
      requests: counted?.requests ?? 0,
      errors: counted?.errors ?? 0,
      share: counted?.share,
      wanted: wanted && (wanted.find((backend) => backend.version === version)?.weight ?? 0) / 100,
    };
  });
}

function idOf(namespace: string, service: string): string {
  return serviceIdText({ namespace, service });
}

function sum(
  edges: readonly MapEdge[],
  key: "requests" | "errors" | "clientErrors" | "grpcErrors" | "rps",
): number {
  return edges.reduce((total, edge) => total + edge[key], 0);
}
