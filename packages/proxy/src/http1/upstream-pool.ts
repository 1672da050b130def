import type { TLSSocket } from "node:tls";
import { enterBreaker, leaveBreaker } from "@weir/domain/request-path";
import type { ConnectionPlaces } from "../balance/connection-places.ts";
import type { Clock } from "../clock.ts";
import type { UpstreamStreams } from "../stream/upstream-stream.ts";
import { encrypt, type UpstreamTls } from "../tls/upstream-tls.ts";
import type { Wire } from "../wire/wire.ts";
import type { Wires } from "../wire/wires.ts";
import type { Deadlines, Expiring } from "./deadlines.ts";
import type { HttpLimits } from "./limits.ts";
import { UpstreamConnection, type UpstreamOwner } from "./upstream-connection.ts";
import { UpstreamFailure } from "./upstream-failure.ts";

/** Where to connect to. `host` is a name or an address without brackets. */
export interface UpstreamAddress {
  readonly host: string;
  readonly port: number;
  /** Where open connections to it are counted (domain: `circuit-breaker/`). */
  readonly connections?: Int32Array | undefined;
  /** Told of what happens to connections to it. */
  readonly places?: Pick<ConnectionPlaces, "opened" | "closed" | "freed">;
  /** How connections to it are encrypted; absent: not at all. */
  readonly tls?: UpstreamTls | undefined;
  /** Its connections are not kept for other requests. */
  readonly removed?: boolean;
}

interface IdleConnection {
  readonly connection: UpstreamConnection;
  readonly untilMs: number;
}

/** Upstreams close idle connections after 5 s (Node), 15 s (Apache) or 75 s (nginx); most say so in Keep-Alive. */
const idleLimitMs = 30_000;
const maxIdlePerAddress = 128;

/** Idle keep-alive connections by address, the last used first, so that a burst's surplus grows old and goes. */
export class UpstreamPool implements UpstreamStreams<UpstreamAddress> {
  readonly #idle = new Map<string, IdleConnection[]>();
  readonly #open = new Set<UpstreamConnection>();
  readonly #limits: HttpLimits;
  readonly #deadlines: Deadlines;
  readonly #clock: Clock;
  readonly #sweeper: NodeJS.Timeout;

  readonly #dial: (address: UpstreamAddress) => Promise<Wire>;

  /** `dialer` makes the connections, rejecting with UpstreamFailure; plain TCP unless said otherwise. */
  constructor(
    limits: HttpLimits,
    deadlines: Deadlines,
    clock: Clock,
    wires: Wires,
    dialer: (address: UpstreamAddress) => Promise<Wire> = (address) =>
      address.tls
        ? dialEncrypted(address, "http/1.1", limits.connectTimeoutMs, deadlines, wires).then((socket) =>
            wires.over(socket),
          )
        : dial(address, limits.connectTimeoutMs, deadlines, wires),
  ) {
    this.#dial = dialer;
    this.#limits = limits;
    this.#deadlines = deadlines;
    this.#clock = clock;
    this.#sweeper = setInterval(() => this.#dropOld(), 5_000);
    this.#sweeper.unref();
  }

  /** An idle connection to the address, if there is one that has not grown old. */
  take(address: UpstreamAddress): UpstreamConnection | undefined {
    const idle = this.#idle.get(keyOf(address));
    if (idle === undefined) return undefined;
    const now = this.#clock.monotonicMs();
    for (let entry = idle.pop(); entry; entry = idle.pop()) {
      if (entry.untilMs > now && entry.connection.usable) return entry.connection;
      entry.connection.destroy();
    }
    return undefined;
  }

  /** A new connection. Rejects with UpstreamFailure. */
  async open(address: UpstreamAddress, countedIn?: Int32Array): Promise<UpstreamConnection> {
    const key = keyOf(address);
    const counted = countedIn ?? address.connections;
    if (counted && !countedIn) enterBreaker(counted, "connections");
    let open = true;
    address.places?.opened();
    const closed = (): void => {
      if (!open) return;
      open = false;
      if (counted) leaveBreaker(counted, "connections");
      address.places?.closed();
    };
    const wire = await this.#dial(address).catch((error: unknown) => {
      closed();
      throw error;
    });
    const owner: UpstreamOwner = {
      idle: (connection, hintMs) => {
        if (address.removed) connection.destroy();
        else {
          this.#keep(key, connection, hintMs);
          address.places?.freed();
        }
      },
      gone: (connection) => {
        closed();
        this.#remove(key, connection);
      },
    };
    const connection = new UpstreamConnection(wire, this.#limits, this.#deadlines, owner);
    this.#open.add(connection);
    return connection;
  }

  /** Closes the idle connections to an address that nobody asks any more. */
  closeIdle(address: UpstreamAddress): void {
    for (const { connection } of [...(this.#idle.get(keyOf(address)) ?? [])]) connection.destroy();
  }

  /** Number of open connections, idle ones included. */
  get size(): number {
    return this.#open.size;
  }

  close(): void {
    clearInterval(this.#sweeper);
    for (const connection of [...this.#open]) connection.destroy();
  }

  #keep(key: string, connection: UpstreamConnection, hintMs: number | undefined): void {
    let idle = this.#idle.get(key);
    if (idle === undefined) {
      idle = [];
      this.#idle.set(key, idle);
    }
    const limitMs = Math.min(hintMs ?? idleLimitMs, idleLimitMs);
    if (limitMs <= 0 || idle.length >= maxIdlePerAddress) connection.destroy();
    else idle.push({ connection, untilMs: this.#clock.monotonicMs() + limitMs });
  }

  #remove(key: string, connection: UpstreamConnection): void {
    this.#open.delete(connection);
    const idle = this.#idle.get(key);
    const index = idle?.findIndex((entry) => entry.connection === connection) ?? -1;
    if (index >= 0) idle?.splice(index, 1);
    if (idle?.length === 0) this.#idle.delete(key);
  }

  #dropOld(): void {
    const now = this.#clock.monotonicMs();
    for (const idle of [...this.#idle.values()])
      for (const entry of [...idle]) if (entry.untilMs <= now) entry.connection.destroy();
  }
}

/** A connection, half-open allowed. Rejects with UpstreamFailure. */
export function dial(
  address: UpstreamAddress,
  timeoutMs: number,
  deadlines: Deadlines,
  wires: Wires,
): Promise<Wire> {
  return new Promise((resolve, reject) => {
    const { host, port } = address;
    const wire = wires.connect({ host, port, noDelay: true, keepAlive: true, allowHalfOpen: true });
    const where = keyOf(address);
    const timeout: Expiring = {
      deadlineMs: deadlines.in(timeoutMs),
      expire: () => {
        settle();
        wire.destroy();
        reject(
          new UpstreamFailure("CONNECT_TIMEOUT", `${where} did not accept within ${timeoutMs} ms`, true),
        );
      },
    };
    const onConnect = (): void => {
      settle();
      resolve(wire);
    };
    wire.onClose = (error) => {
      settle();
      const reason = error?.message ?? "closed";
      reject(new UpstreamFailure("CONNECT_FAILED", `cannot connect to ${where}: ${reason}`, true, error));
    };
    const settle = (): void => {
      deadlines.delete(timeout);
      wire.socket.off("connect", onConnect);
    };
    deadlines.add(timeout);
    wire.socket.once("connect", onConnect);
  });
}

/** The same, encrypted. Rejects with UpstreamFailure. */
export async function dialEncrypted(
  address: UpstreamAddress,
  protocol: "h2" | "http/1.1",
  timeoutMs: number,
  deadlines: Deadlines,
  wires: Wires,
): Promise<TLSSocket> {
  const wire = await dial(address, timeoutMs, deadlines, wires);
  const { host, tls = {} } = address;
  return encrypt(wire.toSocket(Buffer.alloc(0)), { tls, host, protocol, timeoutMs, deadlines });
}

/** Which connections are alike. */
export function keyOf({ host, port, tls }: UpstreamAddress): string {
  const where = host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
  return tls ? `tls ${where}` : where;
}
