import type { MeshConfig } from "@weir/domain";
import { serviceIdText } from "@weir/domain";
import type { MergedTopology, ServiceSummary } from "@weir/store";
import type { Place, Places } from "./places.ts";
import { type MapEdge, type MapNode, type MapView, type ServiceNode, topologyView } from "./topology-view.ts";

/**
 * The map by places: each with what arrived at all that it stands for, with or without traffic. Requests inside of a
 * collapsed namespace are told by its node, and are no edge.
 */
export function mergedView(
  rows: MergedTopology,
  services: readonly ServiceSummary[],
  policies: MeshConfig["policies"],
  places: Places,
): MapView {
  const plain = topologyView({ ...rows, edges: [] }, services, policies).nodes;
  const members = new Map<string, ServiceNode[]>();
  for (const node of plain)
    for (const version of versionsOf(node)) {
      const { id } = places.of({ namespace: node.namespace, service: node.name, version });
      const own = members.get(id);
      if (!own) members.set(id, [node]);
      else if (!own.includes(node)) own.push(node);
    }
  const byId = new Map(plain.map((node) => [node.id, node]));
  const arrived = new Map(rows.places.map((own) => [own.place, own]));
  const edges = rows.edges.map((edge): MapEdge => ({ ...edge, id: `${edge.source}~${edge.target}` }));
  // A service that calls itself is an edge.
  const isInside = ({ source, target }: MapEdge) =>
    source === target && places.found.get(source)?.service === undefined;
  const inside = new Map(edges.filter(isInside).map((edge) => [edge.source, edge]));
  const nodes = [...places.found.values()].map((place): MapNode => {
    const { place: _, flags: _flags, ...totals } = arrived.get(place.id) ?? nothing;
    if (place.service === undefined)
      return {
        ...{ id: place.id, namespace: place.namespace, name: place.namespace, kind: "namespace" },
        ...{ versions: [], services: members.get(place.id)?.length ?? 0, ...totals },
        insideRps: inside.get(place.id)?.rps ?? 0,
      };
    const service =
      byId.get(serviceIdText({ namespace: place.namespace, service: place.service })) ??
      unknown(place, place.service);
    return place.version === undefined
      ? { ...service, ...totals }
      : { ...oneVersion(service, place), ...totals };
  });
  return {
    nodes: nodes.sort((a, b) => (a.id < b.id ? -1 : 1)),
    edges: edges.filter((edge) => !isInside(edge)),
    by: places.by,
  };
}

/** Of a service that has none, the one without a name. */
function versionsOf({ versions }: ServiceNode): readonly string[] {
  return versions.length > 0 ? versions.map(({ version }) => version) : [""];
}

function oneVersion(service: ServiceNode, { id, version = "" }: Place): MapNode {
  const own = service.versions.find((candidate) => candidate.version === version);
  return {
    ...service,
    ...{ id, version, versions: [] },
    ready: own?.ready ?? false,
    ...(own?.share !== undefined && { share: own.share }),
    ...(own?.wanted !== undefined && { wanted: own.wanted }),
  };
}

const nothing = {
  ...{ place: "", requests: 0, errors: 0, clientErrors: 0, grpcErrors: 0, rps: 0, flags: {} },
  ...{ p50: undefined, p95: undefined, p99: undefined },
};

/** Of an end that was met after the services were read. */
function unknown({ namespace }: Place, name: string): ServiceNode {
  const { requests, errors, clientErrors, grpcErrors, rps } = nothing;
  return {
    ...{ id: serviceIdText({ namespace, service: name }), namespace, name, kind: "seen", versions: [] },
    ...{ requests, errors, clientErrors, grpcErrors, rps },
  };
}
