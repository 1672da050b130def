import { type Health, healthOf } from "@weir/graph";
import type { MapEdge, MapNode } from "../../../server/topology/topology-view.ts";
import { formatRate, formatSeconds, formatShare, plural } from "../../../ui/format/numbers.ts";
import { reasonOf } from "./health-reason.ts";
import { markWords } from "./mark-words.ts";
import { securityWords } from "./security-words.ts";

export const healthWords: Record<Health, string> = {
  ok: "healthy",
  degraded: "degraded",
  failing: "failing",
  "no-data": "no data",
};

/** Name of a node as people say it; the outside has words of its own. */
export function nameOf({ kind, name, version }: Pick<MapNode, "kind" | "name" | "version">): string {
  if (kind === "outside") return "outside the mesh";
  if (kind === "namespace") return name || "no namespace";
  return version ? `${name} ${version}` : name;
}

/** A node in one sentence, for those who do not see it. */
export function describeNode(node: MapNode): string {
  const parts = [node.kind === "namespace" ? `namespace ${nameOf(node)}` : nameOf(node)];
  if (node.kind === "outside") return `${parts[0]}: callers without a sidecar`;
  parts.push(`${healthWords[healthOf(node)]}: ${reasonOf(node)}`);
  if (node.requests > 0) parts.push(formatRate(node.rps));
  if (node.share !== undefined) parts.push(`${formatShare(node.share)} of ${node.name}`);
  if (node.services !== undefined) parts.push(plural(node.services, "service"));
  if (node.mode) parts.push(node.mode.mode);
  parts.push(...(node.marks ?? []).map((mark) => markWords(mark)));
  if (node.versions.length > 1)
    parts.push(node.versions.map((v) => `${v.version} ${formatShare(v.share)}`).join(", "));
  return parts.join(", ");
}

/** An edge in one sentence. */
export function describeEdge(edge: MapEdge, names: ReadonlyMap<string, string>): string {
  return [
    `${endsOf(edge, names)}: ${healthWords[healthOf(edge)]}, ${reasonOf(edge)}`,
    formatRate(edge.rps),
    `p99 ${formatSeconds(edge.p99)}`,
    ...(edge.evidence === "spans" ? ["from spans"] : []),
    ...(edge.security ? [securityWords(edge)] : []),
    ...(edge.marks ?? []).map((mark) => markWords(mark, edge.requests)),
  ].join(", ");
}

/** `checkout to payments`. */
export function endsOf(edge: Pick<MapEdge, "source" | "target">, names: ReadonlyMap<string, string>): string {
  return `${names.get(edge.source) ?? edge.source} to ${names.get(edge.target) ?? edge.target}`;
}

/** The whole map in one line: `10 services, 14 edges, 212 rps`. */
export function describeMap(nodes: readonly MapNode[], edges: readonly MapEdge[]): string {
  const services = serviceCount(nodes);
  const rps = edges.reduce((sum, edge) => sum + edge.rps, 0);
  return `${plural(services, "service")}, ${plural(edges.length, "edge")}, ${formatRate(rps)}`;
}

/** How many services nodes stand for. */
function serviceCount(nodes: readonly MapNode[]): number {
  const collapsed = nodes.reduce((sum, { services = 0 }) => sum + services, 0);
  const single = nodes.filter(({ kind }) => kind === "service" || kind === "seen");
  return collapsed + new Set(single.map(({ namespace, name }) => `${namespace}/${name}`)).size;
}
