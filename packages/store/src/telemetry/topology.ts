import { compareVersions, type Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { ServiceName, TopologyEdge, TopologyNode, TopologyRows, VersionTraffic } from "./answers.ts";
import { readCoveredTime } from "./covered-time.ts";
import { type EdgeEvidence, latencyOf, readEdgeEvidence, trafficOf } from "./edge-evidence.ts";

/**
 * Who called whom in a window, from metrics (unsampled). Services and versions that are registered now are there
 * without requests too. Slots of 10 s count when they start before the window's end and don't end before its start.
 */
export function topology(sql: Sql, window: Window): Promise<TopologyRows> {
  return guarded(sql, async () => {
    const [evidence, registered, covered] = await Promise.all([
      readEdgeEvidence(sql, { window }),
      readRegistered(sql),
      readCoveredTime(sql, window),
    ]);
    const coveredSeconds = (covered.toMs - covered.fromMs) / 1000;
    const edges = Map.groupBy(evidence, (e) => `${keyOf(e.source)}>${keyOf(e.destination)}`);
    return {
      nodes: nodesOf(evidence, registered),
      edges: [...edges.values()].map((own) => edgeOf(own, coveredSeconds)).sort(byEnds),
      coveredSeconds,
    };
  });
}

interface Registered extends ServiceName {
  readonly version: string;
  readonly ready: boolean;
}

/** Versions with a live endpoint, or with a connected sidecar that only calls. */
function readRegistered(sql: Sql): Promise<Registered[]> {
  return sql<Registered[]>`
    SELECT n.name AS namespace, s.name AS service, w.version, e.ready
    FROM workload w JOIN service s ON s.id = w.service_id JOIN namespace n ON n.id = s.namespace_id,
      LATERAL (SELECT EXISTS (
        SELECT 1 FROM endpoint WHERE workload_id = w.id AND lease_until > now()) AS ready) AS e
    WHERE e.ready
      OR EXISTS (SELECT 1 FROM sidecar WHERE workload_id = w.id AND connected AND lease_until > now())`;
}

function keyOf({ namespace, service }: ServiceName): string {
  return `${namespace}/${service}`;
}

function nodesOf(evidence: readonly EdgeEvidence[], registered: readonly Registered[]): TopologyNode[] {
  const names = new Map<string, ServiceName>();
  for (const { namespace, service } of [
    ...evidence.flatMap(({ source, destination }) => [source, destination]),
    ...registered,
  ])
    names.set(`${namespace}/${service}`, { namespace, service });
  const arrived = Map.groupBy(evidence, ({ destination }) => keyOf(destination));
  const called = Map.groupBy(evidence, ({ source }) => keyOf(source));
  const known = Map.groupBy(registered, keyOf);
  return [...names]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, name]) => ({
      ...name,
      versions: versionsOf(arrived.get(key) ?? [], called.get(key) ?? [], known.get(key) ?? []),
    }));
}

/** Requests that reached no version (no endpoint, say) are the edge's to tell; they belong to none here. */
function versionsOf(
  arrived: readonly EdgeEvidence[],
  called: readonly EdgeEvidence[],
  registered: readonly Registered[],
): VersionTraffic[] {
  const byVersion = Map.groupBy(arrived, ({ destination }) => destination.version);
  const versions = new Set([
    ...byVersion.keys(),
    ...called.map(({ source }) => source.version),
    ...registered.map(({ version }) => version),
  ]);
  versions.delete("");
  const reached = arrived.filter(({ destination }) => destination.version !== "");
  const total = trafficOf(reached).requests;
  return [...versions].sort(compareVersions).map((version) => {
    const traffic = trafficOf(byVersion.get(version) ?? []);
    return {
      version,
      ...traffic,
      share: total > 0 ? traffic.requests / total : undefined,
      ready: registered.some((own) => own.version === version && own.ready),
    };
  });
}

function edgeOf(evidence: readonly EdgeEvidence[], coveredSeconds: number): TopologyEdge {
  const [{ source, destination }] = evidence as [EdgeEvidence, ...EdgeEvidence[]];
  const traffic = trafficOf(evidence);
  const byVersion = Map.groupBy(evidence, (e) => e.destination.version);
  return {
    source: { namespace: source.namespace, service: source.service },
    destination: { namespace: destination.namespace, service: destination.service },
    ...traffic,
    ...latencyOf(evidence),
    rps: traffic.requests / coveredSeconds,
    errorShare: traffic.requests > 0 ? traffic.errors / traffic.requests : 0,
    requestBytes: evidence.reduce((sum, e) => sum + e.requestBytes, 0),
    responseBytes: evidence.reduce((sum, e) => sum + e.responseBytes, 0),
    protocol: commonProtocol(evidence),
    byVersion: [...byVersion]
      .sort(([a], [b]) => compareVersions(a, b))
      .map(([version, own]) => ({ version, ...trafficOf(own), ...latencyOf(own) })),
  };
}

function commonProtocol(evidence: readonly EdgeEvidence[]): string {
  const requests = [...Map.groupBy(evidence, (e) => e.protocol)].map(
    ([protocol, own]) => [protocol, trafficOf(own).requests] as const,
  );
  return requests.sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
}

function byEnds(a: TopologyEdge, b: TopologyEdge): number {
  const [left, right] = [a, b].map((edge) => `${keyOf(edge.source)}>${keyOf(edge.destination)}`);
  return (left ?? "") < (right ?? "") ? -1 : 1;
}
