import type { GraphSpan } from "../graph-span.ts";
import type { Peer } from "../peer-of.ts";
import type { GraphEnd, SpanEdge, SpanEdgeType, VirtualEnd } from "../span-edge.ts";

const kinds = ["unspecified", "internal", "server", "client", "producer", "consumer"];

/**
 * Spans, one a line or between semicolons: `id<parent service@version kind`, then in any order `error`, `sampled`,
 * `at:5` (start, ms), `for:40` (duration, ns) and what attributes would say: `http`, `http:billing`,
 * `database:orders-db`, `messaging:topic`, `receives:topic`. A consumer's peer is always received from.
 */
export function parseTrace(text: string): GraphSpan[] {
  return text
    .split(/[;\n]/)
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map(parseSpan);
}

function parseSpan(line: string): GraphSpan {
  const [ids = "", service = "", kind = "", ...said] = line.split(/\s+/);
  const [spanId = "", parentSpanId = ""] = ids.split("<");
  if (!kinds.includes(kind)) throw new Error(`not a kind of span: ${kind} in ${line}`);
  const wordAfter = (name: string) =>
    said.find((word) => word.startsWith(`${name}:`))?.slice(name.length + 1);
  return {
    spanId,
    parentSpanId,
    kind: kinds.indexOf(kind),
    service,
    serviceName: service.split("@")[0] ?? "",
    startMs: Number(wordAfter("at") ?? 0),
    durationNs: Number(wordAfter("for") ?? 0),
    failed: said.includes("error"),
    sampled: said.includes("sampled"),
    peer: peerAmong(said, kind === "consumer"),
  };
}

function peerAmong(said: readonly string[], receives: boolean): Peer | undefined {
  for (const word of said) {
    const [type = "", name] = word.split(":");
    if (type === "receives") return { ...parsePeer("messaging", name), receives: true };
    if (["http", "rpc", "messaging", "database", "other"].includes(type))
      return { ...parsePeer(type as SpanEdgeType, name), receives };
  }
  return undefined;
}

function parsePeer(type: SpanEdgeType, name: string | undefined): Omit<Peer, "receives"> {
  if (name === undefined) return { type, end: undefined };
  const kind: VirtualEnd["kind"] = type === "database" || type === "messaging" ? type : "peer";
  return { type, end: { kind, name, system: "" } };
}

/** `front -> back`; ends without spans of their own as `user`, `peer:billing`, `database:orders-db`. */
export function formatEdge({ source, destination }: SpanEdge): string {
  return `${formatEnd(source)} -> ${formatEnd(destination)}`;
}

/** `front -> back http at 3, client 40, server 20, failed, sampled`: all of an edge. */
export function formatWholeEdge(edge: SpanEdge): string {
  const { type, startMs, clientNs, serverNs, failed, sampled, virtual } = edge;
  const parts = [`${formatEdge(edge)} ${type} at ${startMs}`];
  if (clientNs !== undefined) parts.push(`client ${clientNs}`);
  if (serverNs !== undefined) parts.push(`server ${serverNs}`);
  if (failed) parts.push("failed");
  if (sampled) parts.push("sampled");
  if (virtual) parts.push("virtual");
  return parts.join(", ");
}

function formatEnd({ kind, name, system }: GraphEnd): string {
  if (kind === "service" || kind === "user") return name;
  return system === "" ? `${kind}:${name}` : `${kind}:${system}:${name}`;
}
