import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "@weir/testkit/sockets";
import { awaitPort } from "../../shared/await-port.ts";
import { installedVersion } from "../../shared/installed-version.ts";
import type { Peer } from "./peer.ts";

/** The OpenTelemetry Collector: what it costs to receive and forget, and to receive and write to a file unsynced. */
export function otelcol(command: string, exporter: "nop" | "file"): Peer {
  const name = `otelcol-${exporter}`;
  const fate = exporter === "nop" ? "forgets them" : "appends them to a file as protobuf, without fsync";
  return {
    name,
    describe() {
      const version = installedVersion(command, "components");
      return version && `OpenTelemetry Collector ${version}: memory_limiter, batch; ${fate}`;
    },
    async start({ children, dir }) {
      const port = await freePort();
      const file = join(dir, `${name}.json`);
      const exporters = {
        nop: { nop: {} },
        file: { file: { path: join(dir, "spans.pb"), format: "proto" } },
      };
      writeFileSync(
        file,
        JSON.stringify({
          receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${port}` } } } },
          processors: { memory_limiter: { check_interval: "1s", limit_mib: 512 }, batch: {} },
          exporters: exporters[exporter],
          service: {
            telemetry: { metrics: { level: "none" }, logs: { level: "error" } },
            pipelines: {
              traces: {
                receivers: ["otlp"],
                processors: ["memory_limiter", "batch"],
                exporters: [exporter],
              },
            },
          },
        }),
      );
      const child = children.spawn(command, ["--config", file]);
      await awaitPort(child, port);
      return { pid: child.pid ?? 0, port, stop: () => children.stop(child) };
    },
  };
}
