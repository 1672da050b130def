import { type Alias, type Aliases, renamed } from "./alias.ts";
import { databaseAliases } from "./database-aliases.ts";
import { httpAliases } from "./http-aliases.ts";
import { messagingAliases } from "./messaging-aliases.ts";
import { networkAliases } from "./network-aliases.ts";

/**
 * RPC 1.39 (RPC semantic convention stability migration guide). `rpc.grpc.status_code` stays: what takes its place has
 * changed its name twice and its type once, and gRPC's numbers are what everybody writes.
 */
const rpcAliases: Aliases = {
  "rpc.system": { name: "rpc.system.name", values: { apache_dubbo: "dubbo", connect_rpc: "connectrpc" } },
};

/** Schemas 1.19 (faas), 1.27 (deployment), 1.30 (code) and 1.37 (container). `exception.*` never changed. */
const otherAliases: Aliases = renamed({
  "code.function": "code.function.name",
  "code.filepath": "code.file.path",
  "code.lineno": "code.line.number",
  "code.column": "code.column.number",
  "deployment.environment": "deployment.environment.name",
  "faas.execution": "faas.invocation_id",
  "faas.id": "cloud.resource_id",
  "container.runtime": "container.runtime.name",
});

/**
 * OpenTelemetry's attribute names of before, for spans, logs, metrics and resources alike. `peer.service` stays: its
 * successor, `service.peer.name`, is not stable, and whoever asks for the peer knows both.
 */
const aliases: ReadonlyMap<string, { readonly alias: Alias; readonly rank: number }> = new Map(
  Object.entries({
    ...httpAliases,
    ...networkAliases,
    ...databaseAliases,
    ...messagingAliases,
    ...rpcAliases,
    ...otherAliases,
  }).map(([name, alias], index) => [name, { alias, rank: index + 1 }]),
);

/** Attributes that are integers by today's conventions; some senders (Zipkin, Envoy) write them as texts. */
const integers: ReadonlySet<string> = new Set([
  "http.response.status_code",
  "http.request.body.size",
  "http.response.body.size",
  "http.request.resend_count",
  "server.port",
  "client.port",
  "network.peer.port",
  "network.local.port",
  "rpc.grpc.status_code",
]);

/** An attribute's name of today. */
export interface Convention {
  readonly name: string;
  /** 0 for a name of today; of two older names that mean the same, the one of lower rank counts. */
  readonly rank: number;
  readonly alias: Alias | undefined;
  readonly isInteger: boolean;
}

/** OTLP SpanKind of a server. */
const server = 2;

/** What a name means, on a span of a kind (any number where it is not on a span). */
export function conventionOf(name: string, kind: number): Convention {
  const found = aliases.get(name);
  const today = (kind === server && found?.alias.nameOnServer) || found?.alias.name || name;
  return { name: today, rank: found?.rank ?? 0, alias: found?.alias, isInteger: integers.has(today) };
}

/** All names of today that an attribute of this name may have, with that name itself. */
export function namesOf(name: string): ReadonlySet<string> {
  const alias = aliases.get(name)?.alias;
  const today = alias ? [alias.name, alias.nameOnServer ?? [], alias.split?.names ?? []].flat() : [];
  return new Set([name, ...today]);
}
