import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "@weir/testkit/sockets";
import { awaitPort } from "../../shared/await-port.ts";
import { installedVersion } from "../../shared/installed-version.ts";
import type { Peer } from "./peer.ts";

/** Jaeger 2, receiving and storing in one process, as its own example configurations have it. */
export function jaeger(command: string, storage: "memory" | "badger"): Peer {
  const name = `jaeger-${storage}`;
  const fate = {
    memory: "keeps the last 100,000 traces in memory",
    badger: "stores them on disc (Badger), acknowledged before they are",
  }[storage];
  return {
    name,
    describe() {
      const version = installedVersion(command, "version");
      return version && `Jaeger ${version}: batch; ${fate}`;
    },
    async start({ children, dir }) {
      const [port, query, grpc] = [await freePort(), await freePort(), await freePort()];
      const folder = join(dir, "badger");
      const backends = {
        memory: { memory: { max_traces: 100_000 } },
        badger: {
          badger: { directories: { keys: folder, values: folder }, ephemeral: false, ttl: { spans: "48h" } },
        },
      };
      const file = join(dir, `${name}.json`);
      writeFileSync(
        file,
        JSON.stringify({
          extensions: {
            jaeger_storage: { backends: { spans: backends[storage] } },
            jaeger_query: {
              storage: { traces: "spans" },
              http: { endpoint: `127.0.0.1:${query}` },
              grpc: { endpoint: `127.0.0.1:${grpc}` },
            },
          },
          receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${port}` } } } },
          processors: { batch: {} },
          exporters: { jaeger_storage_exporter: { trace_storage: "spans" } },
          service: {
            extensions: ["jaeger_storage", "jaeger_query"],
            telemetry: { metrics: { level: "none" }, logs: { level: "error" } },
            pipelines: {
              traces: { receivers: ["otlp"], processors: ["batch"], exporters: ["jaeger_storage_exporter"] },
            },
          },
        }),
      );
      const child = children.spawn(command, ["--config", file], { stdio: "ignore" });
      await awaitPort(child, port);
      return { pid: child.pid ?? 0, port, stop: () => children.stop(child) };
    },
  };
}
