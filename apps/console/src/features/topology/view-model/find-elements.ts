import { type FindElement, type FindVocabulary, healthOf } from "@weir/graph";
import type { MapEdge, MapNode, MapView } from "../../../server/topology/topology-view.ts";
import { healthWords, nameOf } from "./describe.ts";

/** A service as the find language sees it. */
export function elementOfNode(node: MapNode): FindElement {
  const { namespace, versions, mode, kind, requests, errors, rps } = node;
  return {
    kind: "service",
    texts: {
      name: [nameOf(node)],
      ns: kind === "outside" ? [] : [namespace],
      version: versions.map(({ version }) => version),
      ...(mode && { mode: [mode.mode] }),
      health: [healthWords[healthOf(node)]],
      kind: [kind],
    },
    numbers: { rps, error: requests > 0 ? errors / requests : undefined },
  };
}

export function elementOfEdge(edge: MapEdge, nodes: ReadonlyMap<string, MapNode>): FindElement {
  const ends = [edge.source, edge.target].flatMap((id) => nodes.get(id) ?? []);
  const nameOfEnd = (id: string) => [nodes.get(id)].map((node) => (node ? nameOf(node) : id));
  return {
    kind: "edge",
    texts: {
      ns: ends.flatMap(({ kind, namespace }) => (kind === "outside" ? [] : namespace)),
      source: nameOfEnd(edge.source),
      target: nameOfEnd(edge.target),
      health: [healthWords[healthOf(edge)]],
      kind: ["edge"],
      protocol: [edge.protocol],
      evidence: [edge.evidence],
    },
    numbers: { rps: edge.rps, error: edge.errorShare, p50: edge.p50, p95: edge.p95, p99: edge.p99 },
  };
}

/** Values that the map has, to be offered. */
export function vocabularyOf({ nodes, edges }: MapView): FindVocabulary {
  const sorted = (values: readonly string[]) => [...new Set(values)].filter((value) => value !== "").sort();
  const names = sorted(nodes.map(nameOf));
  return {
    ...{ name: names, source: names, target: names },
    ns: sorted(nodes.filter(({ kind }) => kind !== "outside").map(({ namespace }) => namespace)),
    version: sorted(nodes.flatMap(({ versions }) => versions.map(({ version }) => version))),
    mode: ["observe", "enforce"],
    health: Object.values(healthWords),
    kind: ["service", "seen", "outside", "edge"],
    protocol: sorted(edges.map(({ protocol }) => protocol)),
    evidence: ["metrics", "spans"],
  };
}
