import type { MapEdge, MapNode } from "../../../../server/topology/topology-view.ts";

const fine = { clientErrors: 0, grpcErrors: 0 };

/** A service by its id, with ten requests to its one version. */
export function node(id: string, over: Partial<MapNode> = {}): MapNode {
  const [namespace = "", name = ""] = id.split("/");
  const versions = [{ version: "v1", ready: true, requests: 10, errors: 0, share: 1 }];
  return {
    id,
    namespace,
    name,
    kind: "service",
    versions,
    requests: 10,
    errors: 0,
    ...fine,
    rps: 1,
    ...over,
  };
}

/** Ten requests, one of which failed. */
export function edge(source: string, target: string, over: Partial<MapEdge> = {}): MapEdge {
  return {
    ...{ id: `${source}~${target}`, source, target, requests: 10, errors: 1, rps: 1, errorShare: 0.1 },
    ...{ p50: 0.01, p95: 0.02, p99: 0.03, requestBytes: 1, responseBytes: 1, protocol: "http" },
    ...{ evidence: "metrics", sampled: false, byVersion: [], flags: {}, ...fine },
    ...over,
  };
}
