import { closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "@weir/testkit/sockets";
import { awaitPort } from "../../shared/await-port.ts";
import { installedVersion } from "../../shared/installed-version.ts";
import type { Peer } from "./peer.ts";

/** Envoy with its access log and statistics: what the target is measured against. */
export function envoy(command: string): Peer {
  return {
    name: "envoy",
    describe() {
      const version = installedVersion(command, "--version");
      return version && `Envoy ${version}: --concurrency 1, access log to a file, stats`;
    },
    async start({ upstreams, dir, children }) {
      const [http1, http2, admin] = [await freePort(), await freePort(), await freePort()];
      const file = join(dir, "envoy.json");
      const log = join(dir, "envoy.log");
      writeFileSync(
        file,
        JSON.stringify({
          admin: { address: address(admin) },
          static_resources: {
            listeners: [listener("http1", http1, log), listener("http2", http2, log)],
            clusters: [cluster("http1", upstreams.http1), cluster("http2", upstreams.http2)],
          },
        }),
      );
      const errors = openSync(join(dir, "envoy.err"), "w");
      const args = ["-c", file, "--concurrency", "1", "--disable-hot-restart", "--log-level", "error"];
      const child = children.spawn(command, args, { stdio: ["ignore", "ignore", errors] });
      closeSync(errors);
      await awaitPort(child, http2);
      const target = (port: number) => ({ port, host: "backend" });
      return {
        pid: child.pid ?? 0,
        targets: { http1: target(http1), http2: target(http2), grpc: target(http2) },
        lagMs: 0,
        stop: () => children.stop(child),
      };
    },
  };
}

const types = "type.googleapis.com/envoy.extensions";

function address(port: number) {
  return { socket_address: { address: "127.0.0.1", port_value: port } };
}

/** The codec is found by what comes; the cluster of the same name says how it goes out. */
function listener(name: string, port: number, log: string) {
  return {
    name,
    address: address(port),
    filter_chains: [{ filters: [{ name: "http", typed_config: connectionManager(name, log) }] }],
  };
}

function connectionManager(name: string, log: string) {
  const accessLog = { "@type": `${types}.access_loggers.file.v3.FileAccessLog`, path: log };
  const router = { "@type": `${types}.filters.http.router.v3.Router` };
  return {
    "@type": `${types}.filters.network.http_connection_manager.v3.HttpConnectionManager`,
    stat_prefix: name,
    access_log: [{ name: "file", typed_config: accessLog }],
    http_filters: [{ name: "envoy.filters.http.router", typed_config: router }],
    route_config: {
      virtual_hosts: [
        { name, domains: ["*"], routes: [{ match: { prefix: "/" }, route: { cluster: name } }] },
      ],
    },
  };
}

function cluster(name: string, port: number) {
  const endpoint = { endpoint: { address: address(port) } };
  const options = {
    "@type": `${types}.upstreams.http.v3.HttpProtocolOptions`,
    explicit_http_config: name === "http2" ? { http2_protocol_options: {} } : { http_protocol_options: {} },
  };
  return {
    name,
    type: "STATIC",
    typed_extension_protocol_options: {
      [`${types}.upstreams.http.v3.HttpProtocolOptions`.slice("type.googleapis.com/".length)]: options,
    },
    load_assignment: { cluster_name: name, endpoints: [{ lb_endpoints: [endpoint] }] },
  };
}
