import { compareVersions } from "@weir/domain";
import type { ServiceName, TopologyNode, VersionTraffic } from "../answers.ts";
import type { Registered } from "../registered.ts";
import { type EdgeSeries, type EdgeTarget, serviceKey } from "./edge-catalog.ts";
import { getOrAdd } from "./get-or-add.ts";
import type { EvidenceSums } from "./sum-evidence.ts";

interface Node {
  readonly name: ServiceName;
  /** By version, for each kind of evidence: kinds are never added up. */
  readonly arrived: Record<EvidenceSums<unknown>["evidence"], Map<string, Arrived>>;
  /** Versions that called. */
  readonly called: Set<string>;
}

interface Arrived {
  requests: number;
  errors: number;
}

/** What arrived at each service, as the sums come in, in which each target has one row. */
export class TopologyNodes {
  /** By the catalog's own objects. */
  readonly #nodes = new Map<ServiceName, Node>();

  add({ evidence, groups, series, sums, errors }: EvidenceSums<EdgeTarget>): void {
    groups.forEach(({ pair, version }, row) => {
      const { arrived } = this.#node(pair.destination);
      const own = getOrAdd(arrived[evidence], version, () => ({ requests: 0, errors: 0 }));
      own.requests += Math.max(0, sums.requests[row] ?? 0);
      own.errors += Math.max(0, errors[row] ?? 0);
    });
    let last: EdgeSeries | undefined;
    for (const own of series) {
      // Most series come after another of the same target and the same sender.
      if (own.target !== last?.target || own.sourceVersion !== last.sourceVersion)
        this.#node(own.target.pair.source).called.add(own.sourceVersion);
      last = own;
    }
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
