import { setTimeout as pause } from "node:timers/promises";
import { SpanDictionary } from "@weir/store";
import { createHealthHandler, type Logger, type Registry, type Tracer } from "@weir/telemetry/process";
import type { CollectorConfig } from "./config.ts";
import { Database } from "./exporters/database.ts";
import { RequestKeeper } from "./exporters/keep-requests.ts";
import { PostgresExporter } from "./exporters/postgres-exporter.ts";
import { Intake } from "./intake.ts";
import { createMeters } from "./meters.ts";
import { AttributeRules } from "./processors/attribute-rules/attribute-rules.ts";
import { MemoryLimiter, type MemoryLimiterSettings } from "./processors/memory-limiter/memory-limiter.ts";
import { createProcessing } from "./processors/process-request.ts";
import { Admission } from "./receivers/admission.ts";
import { Refusal } from "./receivers/refusal.ts";
import { startReceivers } from "./receivers/start-receivers.ts";
import { Drainer } from "./spool/drainer.ts";
import { openSpool } from "./spool/open-spool.ts";
import { alertsOf, type CollectorState } from "./status/alerts-of.ts";
import { createStatusHandler } from "./status/collector-status.ts";

type Ports = Pick<CollectorConfig, "listen"> & Partial<Pick<CollectorConfig, "grpcListen" | "zipkinListen">>;

export interface CollectorSettings {
  readonly config: Ports & Pick<CollectorConfig, "databaseUrl" | "retentionHours" | "spool">;
  readonly log: Logger;
  readonly registry: Registry;
  readonly tracer: Tracer;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Default 100 ms: what a batch waits for company. */
  readonly lingerMs?: number;
  /** Default 5 s: what the database gets to answer, and what a batch gets besides an allowance for its rows. */
  readonly databaseTimeoutMs?: number;
  /** Default 128 MiB: bodies, and the rows made of them. */
  readonly maxQueueBytes?: number;
  /** Absent: what waits is bounded, the process is not. */
  readonly memory?: Omit<MemoryLimiterSettings, "now"> | undefined;
}

/** What senders get to finish a body that they have begun when the collector stops; supervisors wait 10 s. */
const graceMs = 6000;

export interface Collector {
  /** Of OTLP/HTTP. */
  readonly port: number;
  readonly grpcPort: number | undefined;
  readonly zipkinPort: number | undefined;
  /** Takes nothing new, commits and answers what is in flight, closes. */
  stop(): Promise<void>;
}

/**
 * The collector: receivers -> intake (memory, processors) -> keeper (batches -> Postgres, or the spool), in that order.
 * Resolves when it listens, whether the database is there or not. Throws when it cannot listen, the spool cannot be used
 * or the database's URL is not one.
 */
export async function startCollector(settings: CollectorSettings): Promise<Collector> {
  const { config, log, registry, tracer, now } = settings;
  const admission = new Admission({
    maxBytes: settings.maxQueueBytes ?? 128 * 1024 * 1024,
    maxRequests: 1000,
  });
  const limiter = settings.memory && new MemoryLimiter({ ...settings.memory, now });
  const database = new Database({ ...config, now, log, timeoutMs: settings.databaseTimeoutMs ?? 5000 });
  const spool = config.spool && (await openSpool({ ...config.spool, log, now }));
  const readState = (): CollectorState => ({
    nowMs: now(),
    databaseAway: database.away?.message,
    spool: spool && {
      ...{ ...spool.depth, maxBytes: spool.maxBytes },
      oldestMs:
        spool.oldestReceivedNs === undefined ? undefined : Number(spool.oldestReceivedNs / 1_000_000n),
    },
    inFlight: admission.requests,
    lastCommitAgeMs: meters.lastCommitAgeMs(),
    turnedAway: meters.recentlyTurnedAway(),
    dropped: meters.recentlyDropped(),
    partitionHeadRoomHours: database.partitionHeadRoomHours,
    memory: {
      usedBytes: limiter?.usedBytes ?? 0,
      limitBytes: settings.memory?.limitBytes ?? Number.MAX_SAFE_INTEGER,
    },
  });
  const meters = createMeters(
    registry,
    {
      queueBytes: () => admission.bytes,
      queueRequests: () => admission.requests,
      databaseUp: () => database.away === undefined,
      spool: () => spool && { ...spool.depth, maxBytes: spool.maxBytes },
      alerts: () => alertsOf(readState()),
    },
    now,
  );
  const exporter = new PostgresExporter({
    ...{ database, meters, tracer, now },
    lingerMs: settings.lingerMs ?? 100,
  });
  const process = createProcessing({ dictionary: new SpanDictionary(), rules: new AttributeRules() });
  const keeper = new RequestKeeper({
    ...{ exporter, process, meters, spool },
    away: () => database.away,
    onSpooled: () => drainer?.wake(),
  });
  const drainer =
    spool &&
    new Drainer({
      ...{ spool, log },
      ready: () => database.away === undefined,
      deliver: (requests) => keeper.deliver(requests),
    });
  let stopping = false;
  /** Why nothing can be kept now. */
  const obstacle = (): string | undefined => {
    if (stopping) return "the collector is stopping";
    return database.away && !spool ? `the database is away: ${database.away.message}` : undefined;
  };
  const intake = new Intake({
    ...{ admission, now, process, limiter },
    mayReceive() {
      const reason = obstacle();
      if (reason) throw new Refusal("unavailable", reason);
    },
    keep: (processed, received) => keeper.keep(processed, received),
  });
  const health = createHealthHandler({
    registry,
    readiness: () => {
      const reason = obstacle();
      return reason ? { ready: false, reason } : { ready: true };
    },
  });
  const status = createStatusHandler(readState);
  const receivers = await startReceivers({
    ...{ config, intake, meters, log, now },
    isReady: () => obstacle() === undefined,
    answersItself: (request, response) => health(request, response) || status(request, response),
  });
  database.start();
  drainer?.start();
  return {
    port: receivers.port,
    grpcPort: receivers.grpcPort,
    zipkinPort: receivers.zipkinPort,
    async stop() {
      stopping = true;
      const closed = receivers.stop(graceMs);
      // What is not committed by then is a body so large that its sender, unanswered, will send it again.
      await Promise.race([exporter.close(), pause(graceMs, undefined, { ref: false })]);
      await closed;
      await drainer?.stop();
      await spool?.close();
      await database.stop();
    },
  };
}
