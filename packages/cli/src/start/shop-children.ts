import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { type NodeProgram, nodeProcess } from "../supervise/node-process.ts";
import type { ChildSettings } from "../supervise/running-process.ts";
import type { DataDir } from "./data-dir.ts";
import { appFlags, sidecarFlags, weirCommand } from "./node-flags.ts";
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

/** The sidecar of a workload; writes its configuration file. */
export function sidecarProcess(
  workload: ShopWorkload,
  own: WorkloadPorts,
  around: ShopSurroundings,
): ChildSettings {
  const name = `${workload.service}-${workload.version}-sidecar`;
  return {
    name,
    label: `${workload.service} ${workload.version} sidecar`,
    launch: nodeProcess(sidecarProgram(name, workload, own, around)),
    readyWithinMs: 60_000,
    stopWithinMs: 10_000,
  };
}

export function sidecarProgram(
  name: string,
  workload: ShopWorkload,
  own: WorkloadPorts,
  around: ShopSurroundings,
): NodeProgram {
  const { root, dataDir, weirEnv } = around;
  const file = join(dataDir.run, "sidecars", `${name}.yaml`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, stringify(sidecarConfig(workload, own, around)));
  return {
    args: [...sidecarFlags, join(root, weirCommand), "proxy", "--config", file],
    cwd: root,
    env: weirEnv,
    readyUrl: `http://127.0.0.1:${own.admin}/readyz`,
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

/** The application of a workload. */
export function appProcess(
  workload: ShopWorkload,
  own: WorkloadPorts,
  around: ShopSurroundings,
): ChildSettings {
  const { service, version } = workload;
  return {
    name: `${service}-${version}`,
    label: `${service} ${version}`,
    launch: nodeProcess(appProgram(workload, own, around)),
    readyWithinMs: 60_000,
    stopWithinMs: 6000,
  };
}

/** It has plain names and HTTP_PROXY, and knows nothing else of the mesh. */
export function appProgram(
  { service, version, entry }: ShopWorkload,
  own: WorkloadPorts,
  { dataDir, shopEnv }: ShopSurroundings,
): NodeProgram {
  return {
    args: [...appFlags, entry],
    cwd: dirname(entry),
    env: {
      ...shopEnv,
      PORT: `${own.app}`,
      SERVICE_NAME: service,
      SERVICE_VERSION: version,
      DATA_DIR: dataDir.shop,
      HTTP_PROXY: `http://127.0.0.1:${own.outbound}`,
    },
    readyUrl: `http://127.0.0.1:${own.app}/healthz`,
  };
}

/** The shoppers. */
export function loadgenProcess(shop: Shop, own: WorkloadPorts, around: ShopSurroundings): ChildSettings {
  return {
    name: "loadgen",
    label: "load generator",
    launch: nodeProcess(loadgenProgram(shop, own, around)),
    readyWithinMs: 30_000,
    stopWithinMs: 5000,
  };
}

/** They come from outside, through the shop's front door. */
export function loadgenProgram(
  { loadgen }: Shop,
  own: WorkloadPorts,
  { dataDir, ports, shopEnv }: ShopSurroundings,
): NodeProgram {
  return {
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
    readyUrl: `http://127.0.0.1:${own.app}/healthz`,
  };
}
