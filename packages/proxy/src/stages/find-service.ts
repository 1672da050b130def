import { hostWithoutPort, passthrough, portOf } from "@weir/domain/request-path";
import { newUpstream } from "../balance/upstream.ts";
import type { Exchange } from "../exchange.ts";
import { ParseFailure } from "../http1/parse-failure.ts";
import { isAuthority } from "../http1/request-head.ts";
import type { Mesh } from "../mesh/mesh.ts";
import { RequestFailure } from "../request-failure.ts";
import type { Stage } from "./stage.ts";

export interface FindServiceSettings {
  readonly mesh: Mesh;
  /** Port of this sidecar's own listener: a request sent on to it would come back for ever. */
  readonly ownPort: () => number | undefined;
}

/**
 * Who the request is for: the authority of CONNECT, of an absolute target, or of Host, in this order. A host that
 * the mesh does not know is passed on to where it says (as Istio's ALLOW_ANY), as destination `passthrough`.
 */
export const findService =
  (settings: FindServiceSettings): Stage =>
  (next) =>
  (exchange) => {
    readTarget(exchange);
    const host = hostWithoutPort(exchange.authority);
    if (host === "") throw new RequestFailure("NO_ROUTE", "the request names no host");
    const service = settings.mesh.current.servicesByHost.get(host);
    if (service) {
      exchange.service = service;
      exchange.upstreamProtocol = service.protocol;
      exchange.destination = service.party;
    } else passOn(exchange, host, settings);
    return next(exchange);
  };

/** Sets the authority, the target in origin form, its path and its query. Throws ParseFailure. */
export function readTarget(exchange: Exchange): void {
  const { target } = exchange;
  if (target.charCodeAt(0) === 0x2f || target === "*")
    exchange.authority = exchange.stream.authority ?? exchange.fields.get("host") ?? "";
  else {
    const { authority, rest } = splitAbsolute(target);
    exchange.authority = authority;
    exchange.target =
      rest === "" && exchange.method === "OPTIONS" ? "*" : rest.startsWith("/") ? rest : `/${rest}`;
    // Host gives way to the target's authority (RFC 9112 3.2.2).
    exchange.fields.set("Host", authority);
  }
  const question = exchange.target.indexOf("?");
  exchange.path = question < 0 ? exchange.target : exchange.target.slice(0, question);
  exchange.query = question < 0 ? "" : exchange.target.slice(question + 1);
}

function splitAbsolute(target: string): { authority: string; rest: string } {
  const scheme = target.indexOf("://");
  if (target.slice(0, scheme).toLowerCase() !== "http")
    throw new ParseFailure(
      "request-target",
      "only http: can be asked of an HTTP proxy; use CONNECT for others",
    );
  const from = scheme + 3;
  const end = target.slice(from).search(/[/?]/);
  const authority = end < 0 ? target.slice(from) : target.slice(from, from + end);
  if (!isAuthority(authority))
    throw new ParseFailure("request-target", "the target's authority is not host:port");
  return { authority, rest: end < 0 ? "" : target.slice(from + end) };
}

function passOn(exchange: Exchange, host: string, { ownPort }: FindServiceSettings): void {
  const port = portOf(exchange.authority) ?? 80;
  if (port === ownPort() && isLoopback(host))
    throw new RequestFailure("NO_ROUTE", `${exchange.authority} is this sidecar itself`);
  exchange.destination = passthrough;
  // Not from the directory: hosts outside of the mesh are without number.
  exchange.upstream = newUpstream(`${host}:${port}`, host, port);
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.") || host === "0.0.0.0";
}
