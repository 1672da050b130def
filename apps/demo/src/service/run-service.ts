import type { Agent, IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { type Logger, pino } from "pino";
import { ConfigError, readProxy, readServiceConfig, type ServiceConfig } from "../config.ts";
import { type Call, createCall } from "./call.ts";
import { createHttpServer, type ErrorView } from "./http-server.ts";
import { createOutgoingAgent } from "./outgoing-agent.ts";
import { register, unregister } from "./registration.ts";
import type { Routes } from "./router.ts";
import { openTable, type Table } from "./table.ts";
import { createTraceContext } from "./trace-context.ts";

/** What a service is given; it reaches nothing of the outside but through these. */
export type Surroundings = {
  config: ServiceConfig;
  log: Logger;
  call: Call;
  /** For connections of another kind; `call` goes by it too. */
  agent: Agent;
  now: () => number;
  random: () => number;
  /** Opens `<DATA_DIR>/state/<service>-<version>/<name>.jsonl`; closed when the service stops. */
  table<T>(name: string, keep: number): Table<T>;
  /** The folder of this service's own state, for files that are not tables. */
  stateDir: string;
  /** Repeats until the service stops; a failure is logged, never fatal. */
  every(ms: number, work: () => void | Promise<void>): void;
  /** Runs when the service stops, before its connections are closed. */
  onStop(work: () => void): void;
};

export type Service = {
  routes: Routes;
  errorView?: ErrorView;
  onUpgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
};

const drainMs = 5_000;

/**
 * Runs one service until SIGTERM, SIGINT, or until the supervisor at the other end of the IPC channel is gone.
 * Exit code 0 after a stop, 1 when it cannot listen or store, 2 when its environment cannot be used.
 */
export async function runService(
  name: string,
  build: (surroundings: Surroundings) => Service,
): Promise<void> {
  try {
    await start(readServiceConfig(name), build);
  } catch (cause) {
    if (!(cause instanceof ConfigError) && !isSystemError(cause)) throw cause;
    process.stderr.write(`${name} cannot start: ${explain(cause)}\n`);
    process.exit(cause instanceof ConfigError ? 2 : 1);
  }
}

async function start(config: ServiceConfig, build: (surroundings: Surroundings) => Service): Promise<void> {
  const { name, version, dataDir } = config;
  const context = createTraceContext();
  const log = pino({
    level: config.logLevel,
    base: { service: name, version },
    mixin: () => {
      const { traceparent } = context.outgoing();
      return traceparent ? { traceId: traceparent.split("-")[1] } : {};
    },
  });
  const stops: (() => void)[] = [];
  const tables: { close(): void }[] = [];
  const stateDir = join(dataDir, "state", `${name}-${version}`);
  const proxy = readProxy();
  const agent = createOutgoingAgent(proxy);
  const service = build({
    config,
    log,
    call: createCall(agent, context),
    agent,
    now: Date.now,
    random: Math.random,
    stateDir,
    table: <T>(tableName: string, keep: number): Table<T> => {
      const file = join(stateDir, `${tableName}.jsonl`);
      const table = openTable<T>(file, {
        keep,
        onDamage: (lines) => log.warn({ file, lines }, "unreadable rows were set aside in a .damaged copy"),
      });
      tables.push(table);
      return table;
    },
    every: (ms, work) => {
      const timer = setInterval(async () => {
        try {
          await work();
        } catch (err) {
          log.warn({ err }, "background work failed");
        }
      }, ms);
      stops.push(() => clearInterval(timer));
    },
    onStop: (work) => void stops.push(work),
  });

  const routes = {
    "GET /healthz": () => ({ json: { status: "ok", service: name, version } }),
    ...service.routes,
  };
  const { errorView } = service;
  const server = createHttpServer({ routes, context, log, ...(errorView && { errorView }) });
  if (service.onUpgrade) server.on("upgrade", service.onUpgrade);
  const port = await listen(server, config.port);
  const registration = { service: name, version, port, pid: process.pid };
  register(dataDir, registration);
  log.info({ port, pid: process.pid, proxy }, "started");

  stopOnRequest(async (reason) => {
    log.info({ reason }, "stopping");
    unregister(dataDir, registration);
    const closed = new Promise((resolve) => server.close(resolve));
    setTimeout(() => server.closeAllConnections(), drainMs).unref();
    for (const stop of stops.reverse()) stop();
    server.closeIdleConnections();
    await closed; // requests that were still served may have written
    for (const table of tables) table.close();
    process.exit(0);
  });
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Once; a second signal is not heard, the drain is bounded anyway. */
function stopOnRequest(stop: (reason: string) => Promise<void>): void {
  let stopping = false;
  const once = (reason: string) => {
    if (stopping) return;
    stopping = true;
    void stop(reason);
  };
  process.on("SIGTERM", once);
  process.on("SIGINT", once);
  // A supervisor that died cannot send a signal any more; the closed channel says so, and nobody is orphaned.
  if (process.send) process.on("disconnect", () => once("the supervisor is gone"));
}

function isSystemError(cause: unknown): cause is NodeJS.ErrnoException {
  return cause instanceof Error && "syscall" in cause;
}

function explain(cause: NodeJS.ErrnoException | ConfigError): string {
  if (cause.code === "EADDRINUSE" && "port" in cause) return `port ${cause.port} is taken by another process`;
  return cause.message;
}
