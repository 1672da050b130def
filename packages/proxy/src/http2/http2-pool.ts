import type { ClientHttp2Session } from "node:http2";
import type { Socket } from "node:net";
import { leaveBreaker } from "@weir/domain/request-path";
import type { Deadlines, Expiring } from "../http1/deadlines.ts";
import type { HttpLimits } from "../http1/limits.ts";
import { UpstreamFailure } from "../http1/upstream-failure.ts";
import { dial, dialEncrypted, keyOf, type UpstreamAddress } from "../http1/upstream-pool.ts";
import type { UpstreamStreams } from "../stream/upstream-stream.ts";
import type { Wires } from "../wire/wires.ts";
import { loadHttp2 } from "./load-http2.ts";
import { sessionOptions } from "./session-options.ts";
import { Http2UpstreamSession } from "./upstream-session.ts";
import type { Http2UpstreamStream } from "./upstream-stream.ts";

/**
 * Sessions by address: one, until its peer allows no more streams at a time, then another. Requests that find none
 * wait together for the one that is being opened.
 */
export class Http2Pool implements UpstreamStreams<UpstreamAddress> {
  readonly #limits: HttpLimits;
  readonly #deadlines: Deadlines;
  readonly #wires: Wires;
  readonly #sessions = new Map<string, Http2UpstreamSession[]>();
  readonly #opening = new Map<string, Promise<Http2UpstreamSession>>();
  readonly #all = new Set<Http2UpstreamSession>();

  constructor(limits: HttpLimits, deadlines: Deadlines, wires: Wires) {
    this.#limits = limits;
    this.#deadlines = deadlines;
    this.#wires = wires;
  }

  /** Number of sessions that take requests. */
  get size(): number {
    return this.#all.size;
  }

  take(address: UpstreamAddress): Http2UpstreamStream | undefined {
    const sessions = this.#sessions.get(keyOf(address));
    if (sessions === undefined) return undefined;
    for (const session of sessions) {
      const stream = session.take();
      if (stream) return stream;
    }
    return undefined;
  }

  /** Rejects with UpstreamFailure. */
  async open(address: UpstreamAddress, countedIn?: Int32Array): Promise<Http2UpstreamStream> {
    // Sessions are shared, and not counted.
    if (countedIn) leaveBreaker(countedIn, "connections");
    const key = keyOf(address);
    for (;;) {
      const shared = this.#opening.get(key);
      const session = await (shared ?? this.#begin(key, address));
      const stream = session.take() ?? this.take(address);
      if (stream) return stream;
      if (!shared) throw new UpstreamFailure("UPSTREAM_REFUSED", `${key} takes no requests by HTTP/2`, true);
    }
  }

  /** Ends the sessions to an address that nobody asks any more, each with what it has under way. */
  closeIdle(address: UpstreamAddress): void {
    for (const session of this.#sessions.get(keyOf(address)) ?? []) session.expire();
  }

  close(): void {
    for (const session of [...this.#all]) session.destroy();
  }

  #begin(key: string, address: UpstreamAddress): Promise<Http2UpstreamSession> {
    const opening = this.#connect(key, address).finally(() => this.#opening.delete(key));
    this.#opening.set(key, opening);
    return opening;
  }

  async #connect(key: string, address: UpstreamAddress): Promise<Http2UpstreamSession> {
    const [{ connect }, socket] = await Promise.all([loadHttp2(), this.#dial(address)]);
    const scheme = address.tls ? "https" : "http";
    const options = { ...sessionOptions(this.#limits), createConnection: () => socket };
    const raw = connect(`${scheme}://upstream`, options);
    await this.#settled(raw, socket, key);
    const session = new Http2UpstreamSession(raw, this.#limits, this.#deadlines, () =>
      this.#forget(key, session),
    );
    this.#sessions.set(key, [...(this.#sessions.get(key) ?? []), session]);
    this.#all.add(session);
    return session;
  }

  #dial(address: UpstreamAddress): Promise<Socket> {
    const { connectTimeoutMs } = this.#limits;
    if (address.tls) return dialEncrypted(address, "h2", connectTimeoutMs, this.#deadlines, this.#wires);
    return dial(address, connectTimeoutMs, this.#deadlines, this.#wires).then((wire) =>
      wire.toSocket(noBytes),
    );
  }

  /** Waits for the peer's settings: they say how many streams it allows, and that it speaks HTTP/2 at all. */
  #settled(session: ClientHttp2Session, socket: Socket, key: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const give = (error: UpstreamFailure | undefined): void => {
        this.#deadlines.delete(timeout);
        session.off("error", onError).off("close", onClose).off("remoteSettings", onSettings);
        if (error === undefined) resolve();
        else {
          session.on("error", () => undefined);
          session.destroy();
          reject(error);
        }
      };
      const timeout: Expiring = {
        deadlineMs: this.#deadlines.in(this.#limits.connectTimeoutMs),
        expire: () =>
          give(new UpstreamFailure("CONNECT_TIMEOUT", `${key} did not begin HTTP/2 in time`, true)),
      };
      const onError = (error: Error): void =>
        give(new UpstreamFailure("UPSTREAM_PROTOCOL", `${key} does not speak HTTP/2`, true, error));
      const onClose = (): void =>
        give(new UpstreamFailure("UPSTREAM_PROTOCOL", `${key} closed instead of speaking HTTP/2`, true));
      const onSettings = (): void => give(undefined);
      session.once("error", onError).once("close", onClose).once("remoteSettings", onSettings);
      this.#deadlines.add(timeout);
      socket.resume();
    });
  }

  #forget(key: string, session: Http2UpstreamSession): void {
    this.#all.delete(session);
    const rest = this.#sessions.get(key)?.filter((other) => other !== session) ?? [];
    if (rest.length > 0) this.#sessions.set(key, rest);
    else this.#sessions.delete(key);
  }
}

const noBytes = Buffer.alloc(0);
