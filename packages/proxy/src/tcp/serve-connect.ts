import { hostWithoutPort, passthrough } from "@weir/domain/request-path";
import { leastRequest } from "../balance/least-request.ts";
import type { Exchange } from "../exchange.ts";
import type { Deadlines } from "../http1/deadlines.ts";
import { Fields } from "../http1/fields.ts";
import type { HttpLimits } from "../http1/limits.ts";
import type { ResponseHead } from "../http1/response-head.ts";
import { dial, type UpstreamAddress } from "../http1/upstream-pool.ts";
import type { Mesh } from "../mesh/mesh.ts";
import { RequestFailure } from "../request-failure.ts";
import { rescue } from "../rescue.ts";
import type { Wire } from "../wire/wire.ts";
import type { Wires } from "../wire/wires.ts";
import { sniff } from "./sniff.ts";
import { tunnel } from "./tunnel.ts";

export interface ConnectSettings {
  readonly mesh: Mesh;
  readonly limits: HttpLimits;
  readonly deadlines: Deadlines;
  readonly wires: Wires;
  readonly random: () => number;
  /** Serves what turned out to be HTTP, as requests for that authority. */
  readonly serveHttp: (wire: Wire, authority: string, first: Buffer) => void;
  /** Reports a connection that was passed on as TCP, once it is over. */
  readonly record: (exchange: Exchange) => void;
}

const established: ResponseHead = {
  status: 200,
  reason: "Connection Established",
  minorVersion: 1,
  fields: new Fields(),
};

/**
 * CONNECT (RFC 9110 9.3.6): the answer is 200 at once, for only the bytes that follow tell what is to be done.
 * HTTP is served as HTTP for the authority that CONNECT named; anything else is TCP, to an endpoint of the
 * service's stable version, or to the host itself where the mesh does not know it.
 */
export async function serveConnect(exchange: Exchange, settings: ConnectSettings): Promise<void> {
  const authority = exchange.target;
  const { wire, rest } = exchange.stream.detach(established);
  const { kind, bytes } = await sniff(wire, rest);
  if (wire.destroyed) return;
  if (kind === "http") settings.serveHttp(wire, authority, bytes);
  else await passTcp(exchange, wire, bytes, settings);
}

async function passTcp(
  exchange: Exchange,
  wire: Wire,
  first: Buffer,
  settings: ConnectSettings,
): Promise<void> {
  exchange.protocol = "tcp";
  try {
    const far = await dial(
      endpointOf(exchange, settings),
      settings.limits.connectTimeoutMs,
      settings.deadlines,
      settings.wires,
    );
    const totals = await tunnel(wire, far, { near: first });
    exchange.tunnelSentBytes = totals.sentBytes;
    exchange.tunnelReceivedBytes = totals.receivedBytes;
  } catch (error) {
    exchange.flag = rescue(error).flag;
    // No answer can be given any more: a reset tells the caller that this was no orderly end.
    wire.reset();
  }
  settings.record(exchange);
}

function endpointOf(exchange: Exchange, { mesh, random }: ConnectSettings): UpstreamAddress {
  const host = hostWithoutPort(exchange.target);
  exchange.authority = exchange.target;
  const service = mesh.current.servicesByHost.get(host);
  if (service === undefined) {
    exchange.destination = passthrough;
    return { host, port: Number(exchange.target.slice(exchange.target.lastIndexOf(":") + 1)) };
  }
  const stable = service.stableVersion && service.targetsByVersion.get(service.stableVersion);
  const target = leastRequest(stable || service.targets, random);
  exchange.destination = target?.party ?? {
    namespace: service.namespace,
    service: service.name,
    version: "",
  };
  if (target === undefined) throw new RequestFailure("NO_HEALTHY_UPSTREAM", `no endpoint of ${service.name}`);
  return target.upstream;
}
