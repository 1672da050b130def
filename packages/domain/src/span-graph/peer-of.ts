import { graphSpanKind } from "./graph-span.ts";
import type { SpanEdgeType, VirtualEnd } from "./span-edge.ts";

/** What a span's attributes say about the far side of its call. */
export interface Peer {
  readonly type: SpanEdgeType;
  /** The far side's node, for as long as no span of it is known. */
  readonly end: VirtualEnd | undefined;
  /** The span takes messages from there, so that the far side is the source, even if the span is a CLIENT. */
  readonly receives: boolean;
}

type Attributes = Readonly<Record<string, unknown>>;

/** Attributes by what they mean; of each list the first that is there counts, names of today before older ones. */
const names = {
  service: ["service.peer.name", "peer.service"],
  address: ["server.address", "net.peer.name"],
  networkAddress: ["network.peer.address", "net.sock.peer.addr", "net.peer.ip"],
  /** Host header of a client span, perhaps with a port (semantic conventions before 1.20). */
  host: ["http.host"],
  /** Envoy's, in Istio's form `outbound|port|subset|host`. */
  cluster: ["upstream_cluster"],
  databaseSystem: ["db.system.name", "db.system"],
  database: ["db.namespace", "db.name"],
  messagingSystem: ["messaging.system"],
  topic: ["messaging.destination.name", "messaging.destination"],
  topicTemplate: ["messaging.destination.template"],
  /** Names of such destinations are made up for one connection: each would be a node of its own. */
  passingTopic: [
    "messaging.destination.temporary",
    "messaging.destination.anonymous",
    "messaging.temp_destination",
  ],
  messagingOperation: ["messaging.operation.type", "messaging.operation"],
  rpcSystem: ["rpc.system.name", "rpc.system"],
  httpMethod: ["http.request.method", "http.method"],
} as const;

/** All that `peerOf` reads; whoever decodes attributes for it may leave out the others. */
export const peerAttributeNames: readonly string[] = Object.values(names).flat();

/** Operations on a message that has come; all the others send one. */
const receivingOperations: ReadonlySet<string> = new Set(["receive", "process", "deliver", "settle"]);

/** Names become dictionary keys, which have a bound. */
const longestName = 255;

/**
 * The far side of a span, by OpenTelemetry's semantic conventions old and new; undefined for spans that are neither
 * side of a call. An address is a name for a server, never for whoever calls one: each user would be a node.
 */
export function peerOf(kind: number, attributes: Attributes): Peer | undefined {
  switch (kind) {
    case graphSpanKind.client:
      return clientPeer(attributes);
    case graphSpanKind.server:
      return serverPeer(attributes);
    case graphSpanKind.producer:
      return messagingPeer(attributes, false);
    case graphSpanKind.consumer:
      return messagingPeer(attributes, true);
    default:
      return undefined;
  }
}

function clientPeer(attributes: Attributes): Peer {
  const database = textOf(attributes, names.databaseSystem);
  if (database !== "") return databasePeer(attributes, database);
  if (textOf(attributes, names.messagingSystem) !== "")
    return messagingPeer(attributes, receivingOperations.has(textOf(attributes, names.messagingOperation)));
  const type = requestType(attributes);
  const name =
    textOf(attributes, names.service) ||
    textOf(attributes, names.address) ||
    withoutPort(textOf(attributes, names.host)) ||
    clusterHost(textOf(attributes, names.cluster));
  return name === "" ? unnamed[type] : { type, end: { kind: "peer", name, system: "" }, receives: false };
}

function serverPeer(attributes: Attributes): Peer {
  const type = requestType(attributes);
  const name = textOf(attributes, names.service);
  return name === "" ? unnamed[type] : { type, end: { kind: "peer", name, system: "" }, receives: false };
}

function databasePeer(attributes: Attributes, system: string): Peer {
  const name =
    textOf(attributes, names.service) ||
    textOf(attributes, names.address) ||
    textOf(attributes, names.networkAddress) ||
    textOf(attributes, names.database) ||
    system;
  return { type: "database", end: { kind: "database", name, system }, receives: false };
}

function messagingPeer(attributes: Attributes, receives: boolean): Peer {
  const system = textOf(attributes, names.messagingSystem);
  const name =
    textOf(attributes, names.topicTemplate) ||
    (isSet(attributes, names.passingTopic) ? "" : textOf(attributes, names.topic)) ||
    textOf(attributes, names.service) ||
    textOf(attributes, names.address) ||
    system;
  if (name === "") return receives ? unnamedSource : unnamed.messaging;
  return { type: "messaging", end: { kind: "messaging", name, system }, receives };
}

function requestType(attributes: Attributes): "rpc" | "http" | "other" {
  if (textOf(attributes, names.rpcSystem) !== "") return "rpc";
  return textOf(attributes, names.httpMethod) !== "" ? "http" : "other";
}

/** Shared, because most server spans have one of these. */
const unnamed = {
  http: { type: "http", end: undefined, receives: false },
  rpc: { type: "rpc", end: undefined, receives: false },
  messaging: { type: "messaging", end: undefined, receives: false },
  other: { type: "other", end: undefined, receives: false },
} as const satisfies Partial<Record<SpanEdgeType, Peer>>;

const unnamedSource: Peer = { type: "messaging", end: undefined, receives: true };

function textOf(attributes: Attributes, list: readonly string[]): string {
  for (let i = 0; i < list.length; i++) {
    const value = attributes[list[i] as string];
    if (typeof value === "string" && value !== "")
      return value.length > longestName ? value.slice(0, longestName) : value;
  }
  return "";
}

function isSet(attributes: Attributes, list: readonly string[]): boolean {
  for (let i = 0; i < list.length; i++) if (attributes[list[i] as string] === true) return true;
  return false;
}

/** An IPv6 address has more than one colon, unless it stands in brackets (RFC 3986 3.2.2). */
function withoutPort(host: string): string {
  const colon = host.lastIndexOf(":");
  if (colon < 0 || host.endsWith("]")) return host;
  return host.startsWith("[") || host.indexOf(":") === colon ? host.slice(0, colon) : host;
}

function clusterHost(cluster: string): string {
  return cluster.startsWith("outbound|") ? cluster.slice(cluster.lastIndexOf("|") + 1) : "";
}
