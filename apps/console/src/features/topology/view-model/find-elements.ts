import { type FindElement, type FindVocabulary, healthOf } from "@weir/graph";
import { amplificationOf } from "../../../server/topology/amplification.ts";
import type { MapMark } from "../../../server/topology/map-marks.ts";
import type { MapEdge, MapNode, MapView } from "../../../server/topology/topology-view.ts";
import { healthWords, nameOf } from "./describe.ts";
import { markNames } from "./mark-words.ts";
import { securityNames, securityShares } from "./security-words.ts";

/** A service as the find language sees it. */
export function elementOfNode(node: MapNode): FindElement {
  const { namespace, versions, mode, kind, requests, errors, rps } = node;
  return {
    kind: "service",
    texts: {
      name: [nameOf(node)],
      ns: kind === "outside" ? [] : [namespace],
      version: node.version === undefined ? versions.map(({ version }) => version) : [node.version],
      ...markText(node.marks),
      ...(mode && { mode: [mode.mode] }),
      health: [healthWords[healthOf(node)]],
      kind: [kind],
    },
    numbers: {
      rps,
      error: shareOf(errors, requests),
      "4xx": shareOf(node.clientErrors, requests),
      ...{ p50: node.p50, p95: node.p95, p99: node.p99 },
    },
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
      security: securityShares(edge).map(({ kind }) => securityNames[kind]),
      evidence: [edge.evidence],
      ...markText(edge.marks),
    },
    numbers: {
      rps: edge.rps,
      error: edge.errorShare,
      "4xx": shareOf(edge.clientErrors, edge.requests),
      p50: edge.p50,
      p95: edge.p95,
      p99: edge.p99,
      tries: edge.evidence === "metrics" ? amplificationOf(edge) : undefined,
    },
  };
}

/** By kind; what has none is unlike each. */
function markText(marks: readonly MapMark[] | undefined) {
  return { mark: (marks ?? []).map(({ kind }) => kind) };
}

function shareOf(part: number, whole: number): number | undefined {
  return whole > 0 ? part / whole : undefined;
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
    kind: ["service", "seen", "outside", "namespace", "edge"],
    protocol: sorted(edges.map(({ protocol }) => protocol)),
    security: Object.values(securityNames),
    evidence: ["metrics", "spans"],
    mark: Object.keys(markNames),
  };
}
