import { networkInterfaces } from "node:os";
import type { Hello, Snapshot } from "@weir/domain";
import { release } from "@weir/domain/release";
import type { SidecarConfig } from "../config/sidecar-config.ts";
import { type ClientSettings, HttpClient } from "../http1/http-client.ts";
import type { ListenAddress } from "../http1/http-listener.ts";
import type { Logger } from "../logger.ts";
import type { Meters } from "../telemetry/meters.ts";
import { ControlStream } from "./control-stream.ts";
import type { SnapshotParser } from "./parse-snapshot.ts";
import type { SnapshotCache } from "./snapshot-cache.ts";

export interface ControllerConnection extends ClientSettings {
  readonly config: SidecarConfig;
  readonly origin: string;
  readonly proxyId: string;
  readonly inbound: ListenAddress | undefined;
  /** The controller's snapshot that is held already. */
  readonly held: Snapshot | undefined;
  /** Puts a snapshot in force. Throws or rejects to refuse it. */
  readonly apply: (snapshot: Snapshot) => void | Promise<void>;
  readonly cache: SnapshotCache | undefined;
  readonly parser: SnapshotParser;
  readonly meters: Meters;
  /** A snapshot of the controller is in force. */
  readonly ready: () => void;
  readonly random: () => number;
  readonly log: Logger;
}

/** A controller sends something every few seconds; one that is silent for longer is dead. */
const silenceMs = 15_000;

/** Opens the control stream and keeps what comes by it in force, and on disk. */
export function connectController(connection: ControllerConnection): ControlStream {
  const { config, proxyId, inbound, cache, meters, limits } = connection;
  const inboundAddress = inbound && (config.inbound?.advertise ?? reachable(inbound));
  let held = connection.held;
  const hello = (): Omit<Hello, "takesChanges"> => ({
    proxyId,
    workload: config.workload,
    ...(inboundAddress === undefined ? {} : { inboundAddress }),
    ...(config.zone === undefined ? {} : { zone: config.zone }),
    ...(held === undefined ? {} : { snapshotVersion: held.version }),
    release,
  });
  return new ControlStream({
    client: new HttpClient(connection.origin, {
      ...connection,
      limits: { ...limits, streamIdleTimeoutMs: silenceMs },
    }),
    parser: connection.parser,
    log: connection.log,
    random: connection.random,
    hello,
    held: () => held,
    apply: async (snapshot) => {
      await connection.apply(snapshot);
      held = snapshot;
      connection.ready();
      void cache?.write(snapshot);
    },
    outcome: (outcome) => meters.snapshots.add(1, outcome),
  });
}

/** A listener on all addresses is reached at this machine's first one that is not its own loop. */
function reachable({ host, port }: ListenAddress): string {
  const any = host === "0.0.0.0" || host === "::";
  const first = any
    ? Object.values(networkInterfaces())
        .flatMap((list) => list ?? [])
        .find((one) => !one.internal && one.family === "IPv4")
    : undefined;
  const address = first?.address ?? (any ? "127.0.0.1" : host);
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
