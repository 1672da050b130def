import { compareVersions } from "@weir/domain";
import type { ServiceName, TopologyNode, Traffic, VersionTraffic } from "../answers.ts";
import type { Registered } from "../registered.ts";
import { type EdgeSeries, serviceKey } from "./edge-catalog.ts";
import { getOrAdd } from "./get-or-add.ts";
import { trafficOf } from "./row-answers.ts";
import type { EvidenceSums } from "./sum-evidence.ts";

interface Node {
  readonly name: ServiceName;
  /** By version, for each kind of evidence: kinds are never added up. */
  readonly arrived: Record<EvidenceSums<unknown>["evidence"], Map<string, Traffic>>;
  /** Versions that called. */
  readonly called: Set<string>;
}

/** What arrived at each service, as the sums come in. */
export class TopologyNodes {
  /** By the catalog's own objects. */
  readonly #nodes = new Map<ServiceName, Node>();

  add(sums: EvidenceSums<EdgeSeries>): void {
    sums.groups.forEach(({ target: { pair, version } }, row) => {
      const arrived = this.#node(pair.destination).arrived[sums.evidence];
      const { requests, errors } = trafficOf(sums, [row]);
      const known = arrived.get(version);
      if (known) arrived.set(version, { requests: known.requests + requests, errors: known.errors + errors });
      else arrived.set(version, { requests, errors });
    });
    for (const { target, sourceVersion } of sums.series)
      this.#node(target.pair.source).called.add(sourceVersion);
  }

  /** In the order of their names, with the versions that are registered but had no requests. */
  with(registered: readonly Registered[]): TopologyNode[] {
    const nodes = new Map(Array.from(this.#nodes.values(), (node) => [serviceKey(node.name), node]));
    const known = Map.groupBy(registered, serviceKey);
    for (const [key, [one]] of known)
      if (one) getOrAdd(nodes, key, () => emptyNode({ namespace: one.namespace, service: one.service }));
    return [...nodes]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, node]) => ({ ...node.name, versions: versionsOf(node, known.get(key) ?? []) }));
  }

  #node(name: ServiceName): Node {
    return getOrAdd(this.#nodes, name, () => emptyNode(name));
  }
}

function emptyNode(name: ServiceName): Node {
  return { name, arrived: { metrics: new Map(), spans: new Map() }, called: new Set() };
}

/** Requests that reached no version (no endpoint, say) are the edge's to tell; they belong to none here. */
function versionsOf({ arrived, called }: Node, registered: readonly Registered[]): VersionTraffic[] {
  const traffic = arrived.metrics.size > 0 ? arrived.metrics : arrived.spans;
  const versions = new Set([...traffic.keys(), ...called, ...registered.map(({ version }) => version)]);
  versions.delete("");
  const total = [...versions].reduce((sum, version) => sum + (traffic.get(version)?.requests ?? 0), 0);
  return [...versions].sort(compareVersions).map((version) => {
    const own = traffic.get(version) ?? { requests: 0, errors: 0 };
    return {
      version,
      ...own,
      share: total > 0 ? own.requests / total : undefined,
      ready: registered.some((one) => one.version === version && one.ready),
    };
  });
}
