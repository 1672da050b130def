import { closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "@weir/testkit/sockets";
import { awaitPort } from "../../shared/await-port.ts";
import { installedVersion } from "../../shared/installed-version.ts";
import type { Peer } from "./peer.ts";

/** HAProxy, with its access log and statistics or without. */
function haproxy(name: string, logged: boolean): Peer {
  return {
    name,
    describe() {
      const version = installedVersion("haproxy", "-v");
      return (
        version &&
        `HAProxy ${version}: nbthread 1, ${logged ? "access log to a file, stats" : "no access log"}`
      );
    },
    async start({ upstreams, dir, children }) {
      const [http1, http2, stats] = [await freePort(), await freePort(), await freePort()];
      const file = join(dir, `${name}.cfg`);
      const log = logged ? "log stdout format raw local0\n" : "";
      writeFileSync(
        file,
        `global
  nbthread 1
  maxconn 8000
  ${log}
defaults
  mode http
  ${logged ? "option httplog\n  log global" : ""}
  http-reuse always
  timeout connect 5s
  timeout client 300s
  timeout server 300s
frontend http1
  bind 127.0.0.1:${http1}
  default_backend http1
frontend http2
  bind 127.0.0.1:${http2} proto h2
  default_backend http2
backend http1
  server upstream 127.0.0.1:${upstreams.http1}
backend http2
  server upstream 127.0.0.1:${upstreams.http2} proto h2
${logged ? `frontend stats\n  bind 127.0.0.1:${stats}\n  stats enable\n  stats uri /stats\n` : ""}`,
      );
      const accessLog = openSync(join(dir, `${name}.log`), "w");
      const errors = openSync(join(dir, `${name}.err`), "w");
      const child = children.spawn("haproxy", ["-db", "-f", file], { stdio: ["ignore", accessLog, errors] });
      closeSync(accessLog);
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

export const loggedHaproxy = haproxy("haproxy", true);
export const bareHaproxy = haproxy("haproxy-bare", false);
