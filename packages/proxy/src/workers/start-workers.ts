import type { Snapshot } from "@weir/domain";
import { localCells } from "@weir/domain/request-path";
import type { LogLevel } from "@weir/telemetry/logger";
import { adminSettings } from "../admin/admin-settings.ts";
import { systemClock } from "../clock.ts";
import type { ResolvedConfig } from "../config/resolve-config.ts";
import { connectController } from "../control/connect-controller.ts";
import { SnapshotParser } from "../control/parse-snapshot.ts";
import { SnapshotCache } from "../control/snapshot-cache.ts";
import { Deadlines } from "../http1/deadlines.ts";
import { HttpListener } from "../http1/http-listener.ts";
import { limitsWith } from "../http1/limits.ts";
import { listenAddress } from "../listeners.ts";
import type { Logger } from "../logger.ts";
import { newProxyId } from "../proxy-id.ts";
import { deadlineStepMs, defaultDrainMs, flushMs, meshOf, type Sidecar } from "../sidecar.ts";
import { Meters } from "../telemetry/meters.ts";
import { Wires } from "../wire/wires.ts";
import type { PlainSettings, TrafficAddresses } from "./messages.ts";
import { probePort } from "./probe-ports.ts";
import { newCellsBuffer, sharedCells } from "./shared-cells.ts";
import { WorkerFleet } from "./worker-fleet.ts";

export interface WorkersSettings extends ResolvedConfig {
  /** Threads that serve requests, beside this one, which serves none. */
  readonly workers: number;
  readonly log: Logger;
  /** Workers write their log lines themselves. */
  readonly logLevel: LogLevel;
  readonly plain?: PlainSettings;
  /** Between two signs of life of a worker. */
  readonly beatMs?: number;
  readonly entry?: URL;
}

export interface RunningWorkers extends Sidecar {
  readonly fleet: WorkerFleet;
}

/** What ending and reporting take beyond draining and flushing. */
const endMs = 500;

/**
 * Starts a sidecar of several threads: workers carry the traffic, this thread has the control stream, the snapshot on
 * disk and the admin port. To the outside it is one sidecar. Rejects with ListenFailed or WorkerFailed.
 */
export async function startWorkers(settings: WorkersSettings): Promise<RunningWorkers> {
  const { config, log, workers, logLevel, plain = {} } = settings;
  const { workload } = config;
  const limits = limitsWith(config.limits, plain.limits);
  const clock = systemClock;
  const random = Math.random;
  const addresses: TrafficAddresses = {
    outbound: config.outbound && listenAddress(config.outbound.listen),
    inbound: config.inbound && listenAddress(config.inbound.listen),
  };
  if (addresses.outbound) await probePort("outbound", addresses.outbound);
  if (addresses.inbound) await probePort("inbound", addresses.inbound);

  const parser = new SnapshotParser();
  const cache = config.stateDir === undefined ? undefined : new SnapshotCache(config.stateDir, parser, log);
  const cached = config.controller === undefined ? undefined : await usableCache(cache, settings);
  const state = {
    hasSnapshot: cached !== undefined || config.controller === undefined || config.services.length > 0,
    stopping: false,
  };
  const proxyId = newProxyId(workload, random);
  const meters = new Meters();
  const cells = newCellsBuffer(undefined, workers);
  const shared = sharedCells(cells);
  meters.gauge(
    "weir_proxy_unshared_counters",
    "Counters of policies that found no place in the memory that workers share.",
    () => shared.localKeys,
  );
  const fleet = await WorkerFleet.start({
    workers,
    entry: settings.entry,
    data: { config, settings: plain, proxyId, cells, logLevel, beatMs: settings.beatMs ?? 1_000 },
    addresses,
    snapshot: cached ?? settings.snapshot,
    meters,
    log,
  });

  const deadlines = new Deadlines(clock, deadlineStepMs);
  const wires = new Wires();
  const notReady = (): string | undefined => {
    if (state.stopping) return "stopping";
    if (!state.hasSnapshot) return "no snapshot from the controller yet";
    return fleet.serving < workers ? `${fleet.serving} of ${workers} workers serve` : undefined;
  };
  const facts = {
    config,
    snapshot: () => fleet.snapshot,
    meters: () => fleet.meters(),
    sick: () => (fleet.hanging === undefined ? undefined : `worker ${fleet.hanging} hangs`),
    notReady,
  };
  const admin =
    config.admin &&
    (await HttpListener.open(
      "admin",
      listenAddress(config.admin.listen),
      adminSettings(facts, { limits, deadlines, meters }),
      wires,
    ).catch(async (error: unknown) => {
      await fleet.stop(0);
      throw error;
    }));
  const control =
    config.controller === undefined
      ? undefined
      : connectController({
          config,
          origin: config.controller,
          proxyId,
          inbound: fleet.addresses.inbound,
          held: cached,
          apply: (snapshot) => fleet.apply(snapshot),
          cache,
          parser,
          meters,
          ready: () => {
            state.hasSnapshot = true;
          },
          limits,
          deadlines,
          clock,
          wires,
          random,
          log,
        });
  log.info({ workload, workers, ...fleet.addresses }, "serving");

  return {
    ...fleet.addresses,
    admin: admin?.address,
    fleet,
    async stop() {
      if (state.stopping) return;
      state.stopping = true;
      control?.close();
      await fleet.stop((plain.drainMs ?? defaultDrainMs) + flushMs + endMs);
      admin?.destroy();
      deadlines.close();
    },
  };
}

/** The snapshot on disk, if it is one that can be put in force. */
async function usableCache(
  cache: SnapshotCache | undefined,
  { config, log }: WorkersSettings,
): Promise<Snapshot | undefined> {
  const cached = await cache?.read(config.workload.namespace);
  const { workload, zone } = config;
  return (
    cached && meshOf(cached, { workload, zone, cells: localCells(), random: Math.random }, log) && cached
  );
}
