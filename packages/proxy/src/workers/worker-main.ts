/**
 * One worker: a sidecar without control stream and admin port, whose traffic ports, policy counters and name it has
 * from the main thread. Started by `worker-thread.ts`, in a thread of its own.
 */
import { flushCompileCache } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { createLogger } from "@weir/telemetry/logger";
import type { SidecarConfig } from "../config/sidecar-config.ts";
import type { ListenAddress } from "../http1/http-listener.ts";
import { type RunningSidecar, startSidecar } from "../sidecar.ts";
import type {
  Order,
  OrderAnswer,
  PostedOrder,
  TrafficAddresses,
  WorkerData,
  WorkerMessage,
} from "./messages.ts";
import { sharedCells } from "./shared-cells.ts";

const { index, config, settings, proxyId, cells, logLevel, beatMs } = workerData as WorkerData;
const log = createLogger("sidecar", logLevel).child({ worker: index });
let sidecar: RunningSidecar | undefined;
let prepared: (() => void) | undefined;

async function obey(order: Order): Promise<Omit<OrderAnswer, "id">> {
  switch (order.type) {
    case "open": {
      sidecar = await startSidecar({
        ...settings,
        config: configOf(order.addresses),
        snapshot: order.snapshot,
        log,
        cells: sharedCells(cells, index).cells,
        proxyId: `${proxyId}-w${index}`,
        sharePorts: true,
      });
      flushCompileCache();
      return { addresses: { outbound: sidecar.outbound, inbound: sidecar.inbound } };
    }
    case "prepare":
      prepared = sidecar?.mesh.prepare(order.snapshot);
      return {};
    case "commit":
      prepared?.();
      prepared = undefined;
      return {};
    case "abandon":
      prepared = undefined;
      return {};
    case "stop":
      await sidecar?.stop();
      return {};
    case "report":
      return {};
  }
}

function configOf({ outbound, inbound }: TrafficAddresses): SidecarConfig {
  return {
    ...config,
    outbound: config.outbound && outbound && { listen: textOf(outbound) },
    inbound: config.inbound && inbound && { ...config.inbound, listen: textOf(inbound) },
    admin: undefined,
    controller: undefined,
    stateDir: undefined,
  };
}

function textOf({ host, port }: ListenAddress): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

function tell(answer?: OrderAnswer): void {
  const message: WorkerMessage = { ...(answer ? { answer } : {}), report: sidecar?.meters.report() };
  parentPort?.postMessage(message);
}

parentPort?.on("message", async ({ id, order }: PostedOrder) => {
  try {
    tell({ id, ...(await obey(order)) });
  } catch (error) {
    tell({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
setInterval(tell, beatMs).unref();
// The last of what was counted, so that a crash takes nothing from the totals.
process.on("uncaughtExceptionMonitor", () => tell());
