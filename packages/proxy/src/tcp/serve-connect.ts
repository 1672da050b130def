import { hostWithoutPort, passthrough } from "@weir/domain/request-path";
import { newUpstream, type Upstream } from "../balance/upstream.ts";
import type { Exchange } from "../exchange.ts";
import type { Deadlines } from "../http1/deadlines.ts";
import { Fields } from "../http1/fields.ts";
import type { HttpLimits } from "../http1/limits.ts";
import type { ResponseHead } from "../http1/response-head.ts";
import { dial } from "../http1/upstream-pool.ts";
import type { Mesh } from "../mesh/mesh.ts";
import { RequestFailure } from "../request-failure.ts";
import { rescue } from "../rescue.ts";
import { targetsFor } from "../stages/balance.ts";
import type { Wire } from "../wire/wire.ts";
import type { Wires } from "../wire/wires.ts";
import { type DecideConnectionSettings, decideConnection } from "./decide-connection.ts";
import { sniff } from "./sniff.ts";
import type { Tunnels } from "./tunnels.ts";

export interface ConnectSettings extends DecideConnectionSettings {
  readonly mesh: Mesh;
  readonly limits: HttpLimits;
  readonly deadlines: Deadlines;
  readonly wires: Wires;
  readonly tunnels: Tunnels;
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
 * HTTP is served as HTTP for the authority that CONNECT named; anything else is TCP, and so is all that goes to a
 * service of protocol `tcp`: to an endpoint of its stable version, or to the host itself where the mesh does not
 * know it.
 */
export async function serveConnect(exchange: Exchange, settings: ConnectSettings): Promise<void> {
  const authority = exchange.target;
  const { wire, rest } = exchange.stream.detach(established);
  const service = settings.mesh.current.servicesByHost.get(hostWithoutPort(authority));
  if (service?.protocol === "tcp") {
    await passTcp(exchange, wire, rest, settings);
    return;
  }
  const { kind, bytes } = await sniff(wire, rest);
  if (wire.destroyed) return;
  if (kind === "http") settings.serveHttp(wire, authority, bytes);
  else await passTcp(exchange, wire, bytes, settings);
}

async function passTcp(
  exchange: Exchange,
  wire: Wire,
  first: Buffer | undefined,
  settings: ConnectSettings,
): Promise<void> {
  exchange.protocol = "tcp";
  try {
    const upstream = upstreamOf(exchange, settings);
    exchange.upstream = upstream;
    exchange.attempts = 1;
    await withinBreaker(exchange, async () => {
      upstream.active++;
      try {
        const { limits, deadlines, wires, tunnels } = settings;
        const far = await dial(upstream, limits.connectTimeoutMs, deadlines, wires);
        await tunnels.join(exchange, wire, far, { near: first });
      } finally {
        upstream.active--;
      }
    });
  } catch (error) {
    exchange.flag = rescue(error).flag;
    // No answer can be given any more: a reset tells the caller that this was no orderly end.
    wire.reset();
  }
  settings.record(exchange);
}

function upstreamOf(exchange: Exchange, settings: ConnectSettings): Upstream {
  const host = hostWithoutPort(exchange.target);
  exchange.authority = exchange.target;
  const service = settings.mesh.current.servicesByHost.get(host);
  if (service === undefined) {
    exchange.destination = passthrough;
    const port = Number(exchange.target.slice(exchange.target.lastIndexOf(":") + 1));
    return newUpstream(exchange.target, host, port);
  }
  exchange.destination = service.party;
  decideConnection(exchange, service, settings);
  const target = service.choice.choose(exchange, targetsFor(exchange, service));
  exchange.destination = target?.party ?? service.party;
  if (target === undefined) throw new RequestFailure("NO_HEALTHY_UPSTREAM", `no endpoint of ${service.name}`);
  return target.upstream;
}

/** A connection of TCP takes a place among its service's for as long as it lasts. */
async function withinBreaker(exchange: Exchange, run: () => Promise<void>): Promise<void> {
  const guard = exchange.service?.breaker;
  if (guard === undefined) return run();
  if (!guard.tryEnter(exchange, "connections"))
    throw new RequestFailure("OVERFLOW", "the circuit breaker allows no more connections");
  try {
    await run();
  } finally {
    guard.leave("connections");
  }
}
