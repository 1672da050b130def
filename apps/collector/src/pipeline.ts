import { setTimeout as pause } from "node:timers/promises";
import { foldEdgeDeltas, SpanDictionary, summariseNewRows } from "@weir/store";
import { createHealthHandler, type Logger, type Registry, type Tracer } from "@weir/telemetry/process";
import type { CollectorConfig } from "./config.ts";
import { Database } from "./exporters/database.ts";
import { RequestKeeper } from "./exporters/keep-requests.ts";
import { startForwarding } from "./exporters/otlp-forward/forwarding.ts";
import { PostgresExporter } from "./exporters/postgres-exporter.ts";
import { openSpools } from "./exporters/spools.ts";
import { TailSampling } from "./exporters/tail-sampling.ts";
import { Upkeep } from "./exporters/upkeep.ts";
import { Intake } from "./intake.ts";
import { createMeters } from "./meters.ts";
import { AttributeRules } from "./processors/attribute-rules/attribute-rules.ts";
import { MemoryLimiter, type MemoryLimiterSettings } from "./processors/memory-limiter/memory-limiter.ts";
import { createProcessing } from "./processors/process-request.ts";
import { ProbabilisticSampler } from "./processors/sampling/probabilistic-sampler.ts";
import { TraceVerdicts } from "./processors/sampling/trace-verdicts.ts";
import { Admission } from "./receivers/admission.ts";
import { createPrometheusMeters } from "./receivers/prometheus/prometheus-meters.ts";
import { startPrometheusReceiver } from "./receivers/prometheus/prometheus-receiver.ts";
import { Refusal } from "./receivers/refusal.ts";
import { startReceivers } from "./receivers/start-receivers.ts";
import { Drainer } from "./spool/drainer.ts";
import type { Spool } from "./spool/spool.ts";
import { alertsOf, type CollectorState } from "./status/alerts-of.ts";
import { createStatusHandler } from "./status/collector-status.ts";

type Needed = "databaseUrl" | "listen" | "retentionHours";
type Optional = Exclude<keyof CollectorConfig, Needed | "memory" | "logLevel" | "selfTracingEndpoint">;

export interface CollectorSettings {
  /** What is left out is not done, not listened for, and not kept for another time than the rest. */
  readonly config: Pick<CollectorConfig, Needed> & Partial<Pick<CollectorConfig, Optional>>;
  readonly log: Logger;
  readonly registry: Registry;
  readonly tracer: Tracer;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Default 100 ms: what a batch waits for company. */
  readonly lingerMs?: number;
  /** Default 5 s: what the database gets to answer, and what a batch gets besides an allowance for its rows. */
  readonly databaseTimeoutMs?: number;
  /**
   * Bodies, and the rows made of them; the largest request there can be has to fit. Default 5/16 of the memory limiter's
   * bound, and 256 MiB where there is none.
   */
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

/** What waits for its commit may take so much of the memory; as much again is on its way into and out of it. */
const queueShare = 5 / 16;

/**
 * The collector: receivers -> intake (memory, processors) -> keeper (batches -> Postgres, or the spool), in that order.
 * Resolves when it listens, whether the database is there or not. Throws when it cannot listen, the spool cannot be used
 * or the database's URL is not one.
 */
export async function startCollector(settings: CollectorSettings): Promise<Collector> {
  const { config, log, registry, tracer, now } = settings;
  const admission = new Admission({
    maxBytes:
      settings.maxQueueBytes ??
      (settings.memory ? Math.floor(settings.memory.limitBytes * queueShare) : 256 * 2 ** 20),
    maxRequests: 1000,
  });
  const limiter = settings.memory && new MemoryLimiter({ ...settings.memory, now });
  const database = new Database({ ...config, now, log, timeoutMs: settings.databaseTimeoutMs ?? 5000 });
  const spools = await openSpools({ spool: config.spool, tailSampling: config.tailSampling }, { log, now });
  const spool = spools.database;
  let foldedMs = now();
  const lastFoldAgeMs = () => Math.max(0, now() - foldedMs);
  const readState = (): CollectorState => ({
    nowMs: now(),
    databaseAway: database.away?.message,
    spool: spool && {
      ...{ ...spool.depth, maxBytes: spool.maxBytes },
      oldestMs:
        spool.oldestReceivedNs === undefined ? undefined : Number(spool.oldestReceivedNs / 1_000_000n),
    },
    tailSpool: spools.verdicts && { ...spools.verdicts.depth, maxBytes: spools.verdicts.maxBytes },
    inFlight: admission.requests,
    lastCommitAgeMs: meters.lastCommitAgeMs(),
    lastFoldAgeMs: lastFoldAgeMs(),
    turnedAway: meters.recentlyTurnedAway(),
    dropped: new Map([
      ...meters.recentlyDropped(),
      ...lossesOf("the spool", spool),
      ...lossesOf("the sampling spool", spools.verdicts),
    ]),
    partitionHeadRoomHours: database.partitionHeadRoomHours,
    retentionHours: database.retention,
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
      spool: () => spool && { ...spool.depth, maxBytes: spool.maxBytes, counts: spool.counts },
      alerts: () => alertsOf(readState()),
      partitionHeadRoomHours: () => database.partitionHeadRoomHours,
      lastFoldAgeMs,
      tailSpool: () => spools.verdicts?.depth,
    },
    now,
  );
  const exporter = new PostgresExporter({
    ...{ database, meters, tracer, now },
    lingerMs: settings.lingerMs ?? 100,
  });
  const rules = new AttributeRules(config.attributeRules);
  const { probabilisticSampling: sampling } = config;
  const decoding = { dictionary: new SpanDictionary(), rules };
  const process = createProcessing({
    ...decoding,
    sampler: sampling && new ProbabilisticSampler(sampling),
  });
  const tail =
    config.tailSampling &&
    spools.verdicts &&
    new TailSampling({
      ...{ now, rules, decoding, process, spool: spools.verdicts },
      verdicts: new TraceVerdicts({
        config: config.tailSampling,
        onVerdict: (verdict, policy) => meters.verdicts.inc({ verdict, policy }),
      }),
    });
  const keeper = new RequestKeeper({
    ...{ exporter, process, meters, spool, tail },
    away: () => database.away,
    onSpooled: () => {
      for (const drainer of drainers) drainer.wake();
    },
  });
  const up = (): boolean => database.away === undefined;
  const drainers = [
    spool && new Drainer({ ...{ spool, log, ready: up }, deliver: (requests) => keeper.deliver(requests) }),
    tail &&
      new Drainer({
        ...{ spool: tail.spool, log },
        ready: () => up() && tail.isDue(),
        deliver: (requests) => keeper.deliverSampled(requests),
      }),
  ].filter((drainer) => drainer !== undefined);
  const forwarding = startForwarding({
    ...{ backends: config.forwarders ?? [], rules, registry, log, now },
    ...{ graceMs: graceMs / 2, random: Math.random },
  });
  const upkeep = new Upkeep({
    ...{ log, database: () => database.sql },
    tasks: [
      {
        ...{ what: "adding edges to their rollups", everyMs: 500 },
        run: async (sql) => {
          const { more } = await foldEdgeDeltas(sql, { nowMs: now() });
          if (!more) foldedMs = now();
          return more;
        },
      },
      {
        ...{ what: "indexing new rows", everyMs: 7000 },
        run: async (sql) => {
          await summariseNewRows(sql, now());
          return false;
        },
      },
    ],
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
    onOverload: () => meters.overloaded.inc(),
    keep: (processed, received) => keeper.keep(processed, received),
    onKept: (request) => forwarding.offer(request),
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
  upkeep.start();
  for (const drainer of drainers) drainer.start();
  const scraping =
    config.scrape &&
    startPrometheusReceiver({
      ...{ config: config.scrape, intake, now, log },
      meters: createPrometheusMeters(registry),
    });
  return {
    port: receivers.port,
    grpcPort: receivers.grpcPort,
    zipkinPort: receivers.zipkinPort,
    async stop() {
      await scraping?.stop();
      stopping = true;
      const closed = receivers.stop(graceMs);
      // What is not committed by then is a body so large that its sender, unanswered, will send it again.
      await Promise.race([exporter.close(), pause(graceMs, undefined, { ref: false })]);
      await closed;
      await Promise.all([forwarding.stop(), ...drainers.map((drainer) => drainer.stop())]);
      await upkeep.stop();
      await spools.close();
      await database.stop();
    },
  };
}

/** What was acknowledged and cannot be committed any more, since the spool was opened. */
function lossesOf(what: string, spool: Spool | undefined): [string, number][] {
  if (!spool) return [];
  const { damagedBytes, refusedLost } = spool.counts;
  return [
    [`damaged bytes of ${what}`, damagedBytes],
    [`requests of ${what} that the database refused`, refusedLost],
  ];
}
