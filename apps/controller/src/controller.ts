import { randomBytes, randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { hostname } from "node:os";
import { channels, checkDatabase, openConfigStore, openSql, subscribe } from "@weir/store";
import {
  createHealthHandler,
  createRegistry,
  type Logger,
  type Readiness,
  type SelfTracing,
} from "@weir/telemetry/process";
import { alertsDuty } from "./alerts/alerts-duty.ts";
import { ExternalChecks } from "./checks/external-checks.ts";
import { acknowledge } from "./control/acknowledge.ts";
import type { ConnectedSidecar } from "./control/connected-sidecar.ts";
import { ConnectedSidecars } from "./control/connected-sidecars.ts";
import { openStream } from "./control/open-stream.ts";
import { StatusOutbox } from "./control/status-outbox.ts";
import { Deliveries } from "./deliveries/deliveries.ts";
import { Duties } from "./duties/duties.ts";
import { LeaseKeeper } from "./endpoints/lease-keeper.ts";
import { guardDuty } from "./guard/guard-duty.ts";
import { keepCoursesDuty } from "./guard/keep-courses-duty.ts";
import { createControlServer } from "./http/control-server.ts";
import { listen } from "./http/listen.ts";
import { createMeters } from "./meters.ts";
import { rolloutDuty } from "./rollout/rollout-duty.ts";
import { RolloutMeters } from "./rollout/rollout-meters.ts";
import { Publisher } from "./snapshot/publisher.ts";
import { Snapshots } from "./snapshot/snapshots.ts";
import { StoreHealth } from "./store-health.ts";
import type { Timings } from "./timings.ts";
import { webhookAgent } from "./webhooks/webhook-agent.ts";

export interface ControllerSettings {
  readonly databaseUrl: string;
  readonly listen: { readonly host: string; readonly port: number };
  readonly consoleUrl: string;
  readonly webhookLoopback: boolean;
  readonly timings: Timings;
  readonly logger: Logger;
  readonly tracer: SelfTracing["tracer"];
}

export interface Controller {
  readonly controllerId: string;
  readonly port: number;
  /** Ends the streams and leaves every lease in force: the sidecars live on. */
  stop(): Promise<void>;
}

/** How long peers may take to go, and the last writes to be made, when the controller stops. */
const graceMs = 2_000;

/** Starts serving; rejects with one clear sentence when the database or the port cannot be had. */
export async function startController(settings: ControllerSettings): Promise<Controller> {
  await checkDatabase(settings.databaseUrl);
  // What is put on the stack first is taken down last.
  const resources = new AsyncDisposableStack();
  try {
    const controllerId = `${hostname()}-${process.pid}-${randomBytes(4).toString("hex")}`;
    const port = await serve(settings, controllerId, resources);
    settings.logger.info(
      { controllerId, host: settings.listen.host, port },
      "the controller serves sidecars",
    );
    return { controllerId, port, stop: () => resources.disposeAsync() };
  } catch (error) {
    await resources.disposeAsync();
    throw error;
  }
}

async function serve(
  settings: ControllerSettings,
  controllerId: string,
  resources: AsyncDisposableStack,
): Promise<number> {
  const { databaseUrl, timings, logger, tracer } = settings;
  const store = openConfigStore(databaseUrl);
  resources.defer(() => store.close());

  const registry = createRegistry("controller");
  const meters = createMeters(registry);
  const health = new StoreHealth(logger);
  const snapshots = new Snapshots(meters);
  const status = new StatusOutbox(store, health, logger);
  const sidecars = new ConnectedSidecars({ wanted: (some) => some.forEach(reportWanted) }, meters);
  const leases = await LeaseKeeper.start({
    ...{ store, controllerId, timings, health, logger },
    now: Date.now,
    onRegistered: reportAgain,
    onSettled: () => publisher.wake(),
  });
  const publisher = new Publisher({ store, leases, snapshots, sidecars, health, meters, timings, tracer });
  resources.defer(() => within(graceMs, Promise.all([publisher.stop(), leases.stop(), status.stop()])));

  const subscription = await subscribe(
    databaseUrl,
    [channels.config, channels.endpoints],
    (_channel, payload) => {
      // Notifications were lost, so the database was away, and leases may be near their end.
      if (payload === "resync") leases.renew();
      publisher.wake();
    },
    (state) => {
      if (state === "listening") health.ok("notifications");
      else health.failed("notifications", new Error("the connection that hears of changes is lost"));
    },
  );
  resources.defer(() => subscription.close());
  publisher.wake();

  const sql = openSql(databaseUrl, { applicationName: "weir-controller", max: 2 });
  resources.defer(() => sql.end({ timeout: graceMs / 1_000 }));
  const dispatcher = webhookAgent({ loopback: settings.webhookLoopback });
  resources.defer(() => dispatcher.destroy());
  const deliveries = new Deliveries({
    ...{ store, dispatcher, meters, logger, consoleUrl: settings.consoleUrl },
    ...{ timeoutMs: timings.deliveryMs, now: Date.now, random: Math.random },
  });
  const checks = new ExternalChecks({
    ...{ dispatcher, now: Date.now, passedMs: () => performance.now() },
    ...{ random: Math.random, newId: randomUUID },
  });
  resources.defer(() => checks.close());
  const duties = Duties.start({
    ...{ databaseUrl, meters, logger },
    duties: [
      rolloutDuty({
        ...{ store, sql, logger, now: Date.now, others: (rollout) => checks.outcomes(rollout) },
        meters: new RolloutMeters(registry),
      }),
      guardDuty({ store, sql, logger, now: Date.now }),
      keepCoursesDuty({ store, sql, now: Date.now }),
      alertsDuty({ store, sql, now: Date.now }),
      deliveries,
    ],
  });
  resources.defer(() => within(graceMs, duties.stop()));

  const stopping = new AbortController();
  const server = createControlServer({
    health: createHealthHandler({ registry, readiness }),
    routes: {
      "/v1/stream": openStream({ sidecars, snapshots, leases, meters, logger, stopping: stopping.signal }),
      "/v1/ack": acknowledge({ sidecars, status, meters, logger }),
    },
    logger,
  });
  const port = await listen(server, settings.listen);
  const pings = setInterval(() => sidecars.ping(timings.stallMs), timings.pingMs);
  const resync = setInterval(() => publisher.wake(), timings.resyncMs);
  resources.defer(async () => {
    // Before any stream ends, so that none of them is taken for a sidecar's death.
    stopping.abort();
    clearInterval(pings);
    clearInterval(resync);
    sidecars.endAll();
    await closeServer(server);
  });
  return port;

  function reportWanted({ hello, wanted, acknowledgement }: ConnectedSidecar): void {
    if (wanted !== undefined) status.wanted(hello.proxyId, wanted);
    if (acknowledgement && acknowledgement.version === wanted?.version) status.acknowledged(acknowledgement);
  }

  /** What was written before the sidecar had its row is lost, so all of it is written again. */
  function reportAgain(proxyId: string): void {
    const sidecar = sidecars.get(proxyId);
    if (sidecar?.wanted !== undefined) status.wanted(proxyId, sidecar.wanted);
    if (sidecar?.acknowledgement) status.acknowledged(sidecar.acknowledgement);
  }

  function readiness(): Readiness {
    if (stopping.signal.aborted) return { ready: false, reason: "stopping" };
    const database = health.readiness();
    if (!database.ready || snapshots.endpoints) return database;
    return {
      ready: false,
      reason: "no snapshot yet: waiting for the database or for sidecars to register again",
    };
  }
}

/** Streams end by themselves once their sidecar has read them; one that does not read is cut off. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  await within(graceMs, closed);
  server.closeAllConnections();
  await closed;
}

async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, limitMs);
  await Promise.race([work, promise]);
  clearTimeout(timer);
}
