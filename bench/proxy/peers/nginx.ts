import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "@weir/testkit/sockets";
import { awaitPort } from "../../shared/await-port.ts";
import { installedVersion } from "../../shared/installed-version.ts";
import type { Peer } from "./peer.ts";

/** nginx with an access log. HTTP/2 comes in and HTTP/1.1 goes out, as it does no other; gRPC is HTTP/2 both ways. */
export const nginx: Peer = {
  name: "nginx",
  describe() {
    const version = installedVersion("nginx", "-v");
    return version && `nginx ${version}: worker_processes 1, access log to a file, stub_status`;
  },
  async start({ upstreams, dir, children }) {
    const [http1, http2, grpc] = [await freePort(), await freePort(), await freePort()];
    const own = join(dir, "nginx");
    mkdirSync(own);
    const file = join(own, "nginx.conf");
    writeFileSync(file, config(own, { http1, http2, grpc }, upstreams));
    const child = children.spawn("nginx", ["-p", own, "-e", join(own, "error.log"), "-c", file]);
    await awaitPort(child, grpc);
    const target = (port: number) => ({ port, host: "backend" });
    return {
      pid: child.pid ?? 0,
      targets: { http1: target(http1), http2: target(http2), grpc: target(grpc) },
      lagMs: 0,
      stop: () => children.stop(child),
    };
  },
};

interface Ports {
  readonly http1: number;
  readonly http2: number;
  readonly grpc: number;
}

function config(own: string, ports: Ports, upstreams: { http1: number; http2: number }): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${own}/${name};`)
    .join(" ");
  return `daemon off;
worker_processes 1;
pid ${own}/nginx.pid;
events { worker_connections 8192; }
http {
  access_log ${own}/access.log combined;
  ${temporary}
  keepalive_requests 100000000;
  client_max_body_size 0;
  proxy_max_temp_file_size 0;
  upstream backend { server 127.0.0.1:${upstreams.http1}; keepalive 256; keepalive_requests 100000000; }
  upstream backend_http2 { server 127.0.0.1:${upstreams.http2}; keepalive 256; keepalive_requests 100000000; }
  server {
    listen 127.0.0.1:${ports.http1};
    listen 127.0.0.1:${ports.http2} http2;
    location /nginx_status { stub_status; }
    location / {
      proxy_pass http://backend;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_request_buffering off;
    }
  }
  server {
    listen 127.0.0.1:${ports.grpc} http2;
    location / { grpc_pass grpc://backend_http2; }
  }
}
`;
}
