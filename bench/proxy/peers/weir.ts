import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { freePort } from "@weir/testkit/sockets";
import { sidecarFlags, weirCommand } from "../../../packages/cli/src/start/node-flags.ts";
import { awaitReady } from "../../shared/await-ready.ts";
import { nextMessage } from "../../shared/children.ts";
import { exchanges } from "../exchanges.ts";
import type { Peer, RunningPeer, Surroundings } from "./peer.ts";
import { type PolicySpec, policyMark, tenPolicies } from "./weir-policies.ts";

const root = join(import.meta.dirname, "../../..");
/** The exporter sends what it has every two seconds. */
const exportIntervalMs = 2_000;
/** One for each protocol, before the same upstream. */
const services = { http1: "backend", http2: "backend-http2", grpc: "backend-grpc" } as const;

export interface WeirSettings {
  /** Metrics, access logs of all requests and one trace in a hundred, to a collector that takes everything. */
  readonly telemetry: boolean;
  readonly policies: readonly PolicySpec[];
  /** Services beside the called ones. */
  readonly furtherServices: readonly string[];
}

/** One outbound sidecar that lives on a file alone, started as `npm start` starts it. */
export function weir(name: string, summary: string, settings: WeirSettings): Peer {
  return {
    name,
    describe: () => `Weir, ${summary}; Node ${process.versions.node}`,
    start: (surroundings) => startWeir(name, settings, surroundings),
  };
}

export const bareWeir = weir("weir-bare", "no telemetry, no policies", {
  telemetry: false,
  policies: [],
  furtherServices: [],
});

export const fullWeir = weir("weir", "all telemetry (access log of every request), ten policies", {
  telemetry: true,
  policies: Object.values(services).flatMap(tenPolicies),
  furtherServices: [],
});

async function startWeir(
  name: string,
  settings: WeirSettings,
  surroundings: Surroundings,
): Promise<RunningPeer> {
  const { children, dir, upstreams } = surroundings;
  const [port, admin] = [await freePort(), await freePort()];
  const sinkProcess = settings.telemetry && children.fork(new URL("otlp-sink-process.ts", import.meta.url));
  const sink = sinkProcess && (await nextMessage<number>(sinkProcess));
  const endpoints = (upstream: number) =>
    ["v1", "v2"].map((version) => ({ address: `127.0.0.1:${upstream}`, version }));
  const config = {
    workload: { service: "web", namespace: "bench", version: "v1" },
    outbound: { listen: `127.0.0.1:${port}` },
    admin: { listen: `127.0.0.1:${admin}` },
    ...(sink && {
      telemetry: { otlp: `http://127.0.0.1:${sink}`, traceSampling: 0.01, accessLogSampling: 1 },
    }),
    services: [
      { name: services.http1, endpoints: endpoints(upstreams.http1) },
      { name: services.http2, protocol: "http2", endpoints: endpoints(upstreams.http2) },
      { name: services.grpc, protocol: "grpc", endpoints: endpoints(upstreams.http2) },
      ...settings.furtherServices.map((further) => ({
        name: further,
        endpoints: endpoints(upstreams.http1),
      })),
    ],
    policies: settings.policies,
  };
  const file = join(dir, `${name}.yaml`);
  writeFileSync(file, JSON.stringify(config)); // JSON is YAML
  const compileCache = join(dir, "compile-cache");
  const args = [...sidecarFlags, join(root, weirCommand), "proxy", "--config", file];
  const run = async () => {
    const started = children.spawn(process.execPath, args, {
      env: { ...process.env, LOG_LEVEL: "warn", NODE_COMPILE_CACHE: compileCache },
    });
    await awaitReady(started, admin);
    return started;
  };
  // A sidecar that compiles everything for the first time holds more, and nobody's runs so after the first start.
  if (!existsSync(compileCache)) await children.stop(await run());
  const child = await run();
  const target = (host: string) => ({ port, host });
  return {
    pid: child.pid ?? 0,
    targets: { http1: target(services.http1), http2: target(services.http2), grpc: target(services.grpc) },
    lagMs: settings.telemetry ? exportIntervalMs + 200 : 0,
    stop: async () => {
      await children.stop(child);
      if (sinkProcess) await children.stop(sinkProcess);
    },
    ...(sink && { remark: () => remarkOf(port, admin, sink) }),
  };
}

/** Telemetry that was dropped was not paid for in full, nor were policies that do nothing: the report has to say so. */
async function remarkOf(port: number, admin: number, sink: number): Promise<string> {
  const metrics = await (await fetch(`http://127.0.0.1:${admin}/metrics`)).text();
  const dropped = metrics.matchAll(/^weir_proxy_telemetry_dropped_total\{([^}]*)\} (\S+)$/gm);
  const lost = [...dropped].map(([, labels, count]) => `${count} (${labels})`).join(", ");
  const received = await (await fetch(`http://127.0.0.1:${sink}`)).json();
  const { requests, bytes } = received as { requests: number; bytes: number };
  const acts = await isMarked(port);
  return (
    `sent ${requests} OTLP requests, ${(bytes / 2 ** 20).toFixed(0)} MiB; dropped ${lost || "nothing"}; ` +
    `its policies ${acts ? "act" : "DO NOT act: its figures are not those of ten policies"}`
  );
}

/** The enforced route marks every answer. */
async function isMarked(port: number): Promise<boolean> {
  const headers = { host: services.http1 };
  const call = get({ host: "127.0.0.1", port, path: exchanges.small.path, headers, agent: false });
  const [answer] = (await once(call, "response")) as [IncomingMessage];
  answer.resume();
  return answer.headers[policyMark.name] === policyMark.value;
}
