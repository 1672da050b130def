import type { Protocol } from "@weir/domain";
import { newUpstream } from "../balance/upstream.ts";
import type { UpstreamAddress } from "../http1/upstream-pool.ts";
import { readTarget } from "./find-service.ts";
import type { Stage } from "./stage.ts";

/** Sends the request to the one application this sidecar stands before; `protocol`: what that speaks. */
export const toApplication = ({ host, port }: UpstreamAddress, protocol: () => Protocol): Stage => {
  const application = newUpstream(`${host}:${port}`, host, port);
  return (next) => (exchange) => {
    readTarget(exchange);
    exchange.upstream = application;
    exchange.upstreamProtocol = protocol();
    // An HTTP/1.0 request may name no host, but it goes on as HTTP/1.1, which must.
    if (exchange.fields.get("host") === undefined) exchange.fields.set("Host", application.address);
    return next(exchange);
  };
};
