import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
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
import { createProcessing } from "./processors/process-request.ts";
import { Admission } from "./receivers/admission.ts";
import { close, listen } from "./receivers/listen.ts";
import { createOtlpHttpReceiver } from "./receivers/otlp-http.ts";
import { Refusal } from "./receivers/refusal.ts";
import { Drainer } from "./spool/drainer.ts";
import { openSpool } from "./spool/open-spool.ts";

export interface CollectorSettings {
  readonly config: Pick<CollectorConfig, "databaseUrl" | "listen" | "retentionHours" | "spool">;
  readonly log: Logger;
  readonly registry: Registry;
  readonly tracer: Tracer;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Default 100 ms: what a batch waits for company. */
  readonly lingerMs?: number;
  /** Default 5 s: what the database gets to answer, and what a batch gets besides an allowance for its rows. */
  readonly databaseTimeoutMs?: number;
  /** Default 64 MiB of bodies. */
  readonly maxQueueBytes?: number;
}

/** What senders get to finish a body that they have begun when the collector stops; supervisors wait 10 s. */
const graceMs = 6000;

export interface Collector {
  readonly port: number;
  /** Takes nothing new, commits and answers what is in flight, closes. */
  stop(): Promise<void>;
}

/**
 * The collector: receiver -> processors -> batches -> Postgres, in that order, and one port for all of it.
 * Resolves when it listens, whether the database is there or not. Throws when it cannot listen or the database's URL is
 * not one.
 */
export async function startCollector(settings: CollectorSettings): Promise<Collector> {
  const { config, log, registry, tracer, now } = settings;
  const admission = new Admission({
    maxBytes: settings.maxQueueBytes ?? 64 * 1024 * 1024,
    maxRequests: 1000,
  });
  const database = new Database({ ...config, now, log, timeoutMs: settings.databaseTimeoutMs ?? 5000 });
  const spool = config.spool && (await openSpool({ ...config.spool, log }));
  const meters = createMeters(
    registry,
    {
      queueBytes: () => admission.bytes,
      queueRequests: () => admission.requests,
      databaseUp: () => database.away === undefined,
      spool: () => spool && { ...spool.depth, maxBytes: spool.maxBytes },
    },
    now,
  );
  const exporter = new PostgresExporter({
    database,
    meters,
    tracer,
    now,
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
  const intake = new Intake({
    ...{ admission, now, process },
    mayReceive() {
      if (stopping) throw new Refusal("unavailable", "the collector is stopping");
      if (database.away && !spool)
        throw new Refusal("unavailable", `the database is away: ${database.away.message}`);
    },
    keep: (processed, received) => keeper.keep(processed, received),
  });
  const receive = createOtlpHttpReceiver({
    intake,
    onAnswer: (signal, status) => meters.requests.inc({ signal, status: String(status) }),
    onFault: (error) => log.error({ err: error }, "a request failed"),
  });
  const health = createHealthHandler({
    registry,
    readiness: () => {
      if (stopping) return { ready: false, reason: "stopping" };
      return database.away
        ? { ready: false, reason: `the database is away: ${database.away.message}` }
        : { ready: true };
    },
  });
  const server = createServer({ requestTimeout: 30_000 }, (request, response) => {
    if (!health(request, response)) void receive(request, response);
  });
  await listen(server, config.listen);
  database.start();
  drainer?.start();
  const { port } = server.address() as AddressInfo;
  log.info({ address: `${config.listen.host}:${port}` }, "listening for OTLP/HTTP");
  return {
    port,
    async stop() {
      stopping = true;
      const closed = close(server, graceMs);
      // What is not committed by then is a body so large that its sender, unanswered, will send it again.
      await Promise.race([exporter.close(), pause(graceMs, undefined, { ref: false })]);
      await closed;
      await drainer?.stop();
      await spool?.close();
      await database.stop();
    },
  };
}
