import { waitFor } from "@weir/testkit/sockets";
import { onTestFinished } from "vitest";
import { resolveConfig } from "../config/resolve-config.ts";
import { type RunningWorkers, startWorkers, type WorkersSettings } from "../workers/start-workers.ts";
import { silentLog } from "./start-test-sidecar.ts";

export interface TestWorkers extends RunningWorkers {
  readonly port: number;
  /** Body of a page of the admin port. */
  page(path: string): Promise<string>;
  /** Sum of a metric's samples whose labels match. */
  metric(name: string, labels?: RegExp): Promise<number>;
  /** Waits until all workers serve. */
  ready(): Promise<void>;
}

/** A sidecar of shop/web v1 with two workers, on free ports, stopped when the test is over. */
export async function startTestWorkers(
  config: Record<string, unknown>,
  settings: Partial<WorkersSettings> = {},
): Promise<TestWorkers> {
  const resolved = resolveConfig({
    workload: { namespace: "shop", service: "web", version: "v1" },
    outbound: { listen: "127.0.0.1:0" },
    admin: { listen: "127.0.0.1:0" },
    ...config,
  });
  const sidecar = await startWorkers({
    ...resolved,
    workers: 2,
    log: silentLog,
    logLevel: "silent",
    plain: { drainMs: 100 },
    ...settings,
  });
  onTestFinished(() => sidecar.stop());
  const page = async (path: string) => (await fetch(`http://127.0.0.1:${sidecar.admin?.port}${path}`)).text();
  return {
    ...sidecar,
    port: sidecar.outbound?.port ?? 0,
    page,
    async metric(name, labels = /(?:)/) {
      const samples = (await page("/metrics")).split("\n").filter((line) => /^\w+/.exec(line)?.[0] === name);
      return samples
        .filter((line) => labels.test(line))
        .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
    },
    ready: async () => {
      await waitFor(async () => (await page("/readyz")) === "ready\n", { what: "all workers to serve" });
    },
  };
}
