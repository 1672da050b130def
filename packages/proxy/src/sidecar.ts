import type { Snapshot } from "@weir/domain";
import { type Cells, localCells } from "@weir/domain/request-path";
import { type Clock, systemClock } from "./clock.ts";
import type { ResolvedConfig } from "./config/resolve-config.ts";
import { connectController } from "./control/connect-controller.ts";
import { SnapshotParser } from "./control/parse-snapshot.ts";
import { SnapshotCache } from "./control/snapshot-cache.ts";
import { Deadlines } from "./http1/deadlines.ts";
import { HttpClient } from "./http1/http-client.ts";
import type { ListenAddress } from "./http1/http-listener.ts";
import { type HttpLimits, limitsWith } from "./http1/limits.ts";
import { UpstreamPool } from "./http1/upstream-pool.ts";
import { Http2Pool } from "./http2/http2-pool.ts";
import { type Listeners, openListeners } from "./listeners.ts";
import type { Logger } from "./logger.ts";
import { Mesh, type MeshSettings } from "./mesh/mesh.ts";
import { startOutlierSweeper } from "./mesh/outlier-sweeper.ts";
import { newProxyId } from "./proxy-id.ts";
import type { SidecarParts } from "./sidecar-parts.ts";
import { Tunnels } from "./tcp/tunnels.ts";
import { Exporter } from "./telemetry/exporter.ts";
import { Meters } from "./telemetry/meters.ts";
import { processUsage } from "./telemetry/process-metrics.ts";
import { Recorder } from "./telemetry/recorder.ts";
import { readServiceTls } from "./tls/service-tls.ts";
import { Wires } from "./wire/wires.ts";

export interface SidecarSettings extends ResolvedConfig {
  readonly log: Logger;
  /** A number in [0, 1); Math.random unless said otherwise. */
  readonly random?: () => number;
  readonly clock?: Clock;
  /** Counters of policies, which workers share; this thread's own unless said otherwise. */
  readonly cells?: Cells;
  /** Its name for the controller and in telemetry; made up unless said otherwise. */
  readonly proxyId?: string;
  /** Other threads listen on the same ports and share their connections. */
  readonly sharePorts?: boolean;
  readonly limits?: Partial<HttpLimits>;
  /** Between two exports of telemetry. */
  readonly exportIntervalMs?: number;
  /** Encoded telemetry that may wait for the collector, in bytes. */
  readonly maxExportQueueBytes?: number;
  /** How long a stop waits for requests under way; 7 s unless said otherwise. */
  readonly drainMs?: number;
}

export interface Sidecar {
  readonly outbound: ListenAddress | undefined;
  readonly inbound: ListenAddress | undefined;
  readonly admin: ListenAddress | undefined;
  /** Ends gracefully: not ready, no new connections, what is under way finished, telemetry sent. */
  stop(): Promise<void>;
}

/** A sidecar, and what whoever runs it beside others works with. */
export interface RunningSidecar extends Sidecar {
  readonly mesh: Mesh;
  readonly meters: Meters;
}

export const deadlineStepMs = 250;
export const defaultDrainMs = 7_000;
export const flushMs = 1_500;
/** A collector answers within milliseconds; one that is silent for longer holds up all that waits behind. */
const collectorSilenceMs = 10_000;

/** Starts a sidecar in this process. Rejects with ListenFailed when a port cannot be had. */
export async function startSidecar(settings: SidecarSettings): Promise<RunningSidecar> {
  const { config, log, random = Math.random, clock = systemClock } = settings;
  const limits = limitsWith(config.limits, settings.limits);
  const deadlines = new Deadlines(clock, deadlineStepMs);
  const wires = new Wires();
  const common = { limits, deadlines, clock, wires };
  const meters = new Meters();
  const proxyId = settings.proxyId ?? newProxyId(config.workload, random);

  const parser = new SnapshotParser();
  const cache = config.stateDir === undefined ? undefined : new SnapshotCache(config.stateDir, parser, log);
  const cached = config.controller === undefined ? undefined : await cache?.read(config.workload.namespace);
  const pool = new UpstreamPool(limits, deadlines, clock, wires);
  const http2Pool = new Http2Pool(limits, deadlines, wires);
  const meshSettings: MeshSettings = {
    workload: config.workload,
    zone: config.zone,
    cells: settings.cells ?? localCells(),
    random,
    tlsOf: await readServiceTls(config),
    removed: (upstream) => {
      pool.closeIdle(upstream);
      http2Pool.closeIdle(upstream);
    },
  };
  const cachedMesh = cached && meshOf(cached, meshSettings, log);
  const mesh = cachedMesh ?? new Mesh(settings.snapshot, meshSettings);
  const hasSnapshot =
    cachedMesh !== undefined || config.controller === undefined || config.services.length > 0;

  const exporter =
    config.telemetry &&
    new Exporter({
      workload: config.workload,
      proxyId,
      client: new HttpClient(config.telemetry.otlp, {
        ...common,
        limits: { ...limits, streamIdleTimeoutMs: collectorSilenceMs },
      }),
      clock,
      random,
      meters,
      log,
      accessLogSampling: config.telemetry.accessLogSampling,
      intervalMs: settings.exportIntervalMs ?? 2_000,
      usage: processUsage,
      maxQueueBytes: settings.maxExportQueueBytes ?? 4 * 1024 * 1024,
    });
  const ejected: SidecarParts["ejected"] = (service, reason) => {
    meters.ejections.add(1, service.name, reason);
  };
  const parts: SidecarParts = {
    workload: config.workload,
    mesh,
    wires,
    upstreams: { http1: pool, http2: http2Pool },
    tunnels: new Tunnels(meters),
    recorder: new Recorder(clock, meters, exporter),
    rejected: (reason) => meters.parseRejects.add(1, reason),
    ejected,
    mirrored: (service, version, outcome) => meters.mirrored.add(1, service.name, version, outcome),
    limits,
    deadlines,
    clock,
    random,
    log,
    additions: config.additions,
    traceSampling: config.telemetry?.traceSampling ?? 0,
  };
  const sweeper = startOutlierSweeper(mesh, clock, ejected);
  const state = { ready: hasSnapshot, stopping: false };
  const listeners = await openListeners(config, parts, { meters, state, sharePorts: settings.sharePorts });
  registerGauges(meters, mesh, () => pool.size + http2Pool.size, listeners, exporter);
  const control =
    config.controller === undefined
      ? undefined
      : connectController({
          config,
          origin: config.controller,
          proxyId,
          inbound: listeners.inbound?.address,
          held: cachedMesh?.current.snapshot,
          apply: (snapshot) => mesh.apply(snapshot),
          cache,
          parser,
          meters,
          ready: () => {
            state.ready = true;
          },
          ...common,
          random,
          log,
        });
  log.info(
    { workload: config.workload, outbound: listeners.outbound?.address, inbound: listeners.inbound?.address },
    "serving",
  );

  return {
    outbound: listeners.outbound?.address,
    inbound: listeners.inbound?.address,
    admin: listeners.admin?.address,
    mesh,
    meters,
    async stop() {
      if (state.stopping) return;
      state.stopping = true;
      // The lease goes first, so that other sidecars turn elsewhere while what is under way here is finished.
      control?.close();
      sweeper.close();
      await listeners.drain(settings.drainMs ?? defaultDrainMs);
      await exporter?.close(flushMs);
      pool.close();
      http2Pool.close();
      listeners.admin?.destroy();
      deadlines.close();
    },
  };
}

/** A mesh of the snapshot kept on disk; undefined where this release cannot put it in force. */
export function meshOf(cached: Snapshot, settings: MeshSettings, log: Logger): Mesh | undefined {
  try {
    return new Mesh(cached, settings);
  } catch (error) {
    log.warn({ version: cached.version, err: error }, "the snapshot on disk cannot be put in force");
    return undefined;
  }
}

function registerGauges(
  meters: Meters,
  mesh: Mesh,
  upstreamConnections: () => number,
  listeners: Listeners,
  exporter: Exporter | undefined,
): void {
  meters.gauge(
    "weir_proxy_upstream_connections",
    "Open connections to upstreams, idle ones included.",
    upstreamConnections,
  );
  meters.gauge("weir_proxy_workers", "Threads that serve requests.", () => 1);
  meters.gauge(
    "weir_proxy_ejected_endpoints",
    "Endpoints ejected by outlier detection now, observed ones included.",
    () => mesh.ejected,
    true,
  );
  meters.gauge("weir_proxy_connections", "Open connections of callers.", () => listeners.connections);
  meters.gauge(
    "weir_proxy_telemetry_queued_bytes",
    "Encoded telemetry that waits for the collector.",
    () => exporter?.queuedBytes ?? 0,
  );
}
