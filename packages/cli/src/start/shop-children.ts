import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import type { ChildSettings } from "../supervise/child-settings.ts";
import type { DataDir } from "./data-dir.ts";
import type { Shop, ShopWorkload } from "./shop-file.ts";
import type { WellKnownPorts } from "./well-known-ports.mjs";
import type { WorkloadPorts } from "./workload-ports.ts";

export interface ShopSurroundings {
  readonly root: string;
  readonly dataDir: DataDir;
  readonly ports: WellKnownPorts;
  readonly weirEnv: Readonly<Record<string, string>>;
  readonly shopEnv: Readonly<Record<string, string>>;
}

/** Share of the shop's requests that get a trace: enough to find one of any kind within a minute. */
const traceSampling = 0.25;

/** Small heaps: these processes hold little, and there are two dozen of them. Measured in docs/benchmarks.md. */
const sidecarFlags = ["--max-old-space-size=128", "--max-semi-space-size=2"];
const appFlags = ["--max-old-space-size=96", "--max-semi-space-size=1"];

/** The sidecar of a workload; writes its configuration file. */
export function sidecarProcess(
  workload: ShopWorkload,
  own: WorkloadPorts,
  around: ShopSurroundings,
): ChildSettings {
  const { root, dataDir, weirEnv } = around;
  const name = `${workload.service}-${workload.version}-sidecar`;
  const file = join(dataDir.run, "sidecars", `${name}.yaml`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, stringify(sidecarConfig(workload, own, around)));
  return {
    name,
    label: `${workload.service} ${workload.version} sidecar`,
    args: [...sidecarFlags, join(root, "packages/cli/bin/weir.mjs"), "proxy", "--config", file],
    cwd: root,
    env: weirEnv,
    readiness: { kind: "http", url: `http://127.0.0.1:${own.admin}/readyz` },
    readyWithinMs: 60_000,
    stopWithinMs: 8000,
  };
}

function sidecarConfig(workload: ShopWorkload, own: WorkloadPorts, { dataDir, ports }: ShopSurroundings) {
  const { service, namespace, version } = workload;
  const local = (port: number) => `127.0.0.1:${port}`;
  return {
    workload: { service, namespace, version },
    outbound: { listen: local(own.outbound) },
    inbound: { listen: local(own.inbound), app: local(own.app) },
    admin: { listen: local(own.admin) },
    telemetry: { otlp: `http://${local(ports.otlpHttp)}`, traceSampling },
    controller: `http://${local(ports.controller)}`,
    stateDir: join(dataDir.cache, "sidecars", `${service}-${version}`),
  };
}

/** The application of a workload: it has plain names and HTTP_PROXY, and knows nothing else of the mesh. */
export function appProcess(
  workload: ShopWorkload,
  own: WorkloadPorts,
  { dataDir, shopEnv }: ShopSurroundings,
): ChildSettings {
  const { service, version, entry } = workload;
  return {
    name: `${service}-${version}`,
    label: `${service} ${version}`,
    args: [...appFlags, entry],
    cwd: dirname(entry),
    env: {
      ...shopEnv,
      PORT: `${own.app}`,
      SERVICE_NAME: service,
      SERVICE_VERSION: version,
      DATA_DIR: dataDir.shop,
      HTTP_PROXY: `http://127.0.0.1:${own.outbound}`,
      NODE_USE_ENV_PROXY: "1",
    },
    readiness: { kind: "http", url: `http://127.0.0.1:${own.app}/healthz` },
    readyWithinMs: 60_000,
    stopWithinMs: 6000,
  };
}

/** The shoppers: they come from outside, through the shop's front door. */
export function loadgenProcess(
  { loadgen }: Shop,
  own: WorkloadPorts,
  { dataDir, ports, shopEnv }: ShopSurroundings,
): ChildSettings {
  return {
    name: "loadgen",
    label: "load generator",
    args: [...appFlags, loadgen.entry],
    cwd: dirname(loadgen.entry),
    env: {
      ...shopEnv,
      PORT: `${own.app}`,
      SERVICE_NAME: "loadgen",
      SERVICE_VERSION: "v1",
      DATA_DIR: dataDir.shop,
      TARGET: `http://127.0.0.1:${ports.shop}`,
      RATE: `${loadgen.rate}`,
    },
    readiness: { kind: "http", url: `http://127.0.0.1:${own.app}/healthz` },
    readyWithinMs: 30_000,
    stopWithinMs: 5000,
  };
}
