import { envoy } from "./envoy.ts";
import { fastifyHttpProxy } from "./fastify-http-proxy.ts";
import { bareHaproxy, loggedHaproxy } from "./haproxy.ts";
import { httpProxy3 } from "./http-proxy-3.ts";
import { nginx } from "./nginx.ts";
import type { Peer } from "./peer.ts";
import { bareWeir, fullWeir } from "./weir.ts";

/** In the order of the report. `envoyCommand`: where Envoy is, a name on PATH or a path. */
export function allPeers(envoyCommand: string): readonly Peer[] {
  return [
    bareWeir,
    fullWeir,
    nginx,
    bareHaproxy,
    loggedHaproxy,
    envoy(envoyCommand),
    httpProxy3,
    fastifyHttpProxy,
  ];
}
