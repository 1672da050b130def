import type { ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "@weir/testkit/sockets";
import { sidecarFlags, weirCommand } from "../../packages/cli/src/start/node-flags.ts";
import { awaitReady } from "../shared/await-ready.ts";
import { type Children, nextMessage } from "../shared/children.ts";

export interface Sidecar {
  readonly process: ChildProcess;
  readonly port: number;
}

/** A sidecar under a controller, with all telemetry, as `npm start` starts it. */
export async function startSidecar(children: Children, dir: string, controller: string): Promise<Sidecar> {
  const [port, admin] = [await freePort(), await freePort()];
  const sink = children.fork(new URL("../proxy/peers/otlp-sink-process.ts", import.meta.url));
  const otlp = `http://127.0.0.1:${await nextMessage<number>(sink)}`;
  const file = join(dir, "sidecar.yaml");
  const config = {
    workload: { service: "web", namespace: "soak", version: "v1" },
    outbound: { listen: `127.0.0.1:${port}` },
    admin: { listen: `127.0.0.1:${admin}` },
    telemetry: { otlp, traceSampling: 0.01, accessLogSampling: 1 },
    controller,
  };
  writeFileSync(file, JSON.stringify(config)); // JSON is YAML
  const root = join(import.meta.dirname, "../..");
  const args = [...sidecarFlags, join(root, weirCommand), "proxy", "--config", file];
  const child = children.spawn(process.execPath, args, {
    env: { ...process.env, LOG_LEVEL: "error", NODE_COMPILE_CACHE: join(dir, "compile-cache") },
  });
  await awaitReady(child, admin);
  return { process: child, port };
}
