import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { type ServerCertificate, terminateTls } from "../tls/terminate-tls.ts";
import type { Wire } from "../wire/wire.ts";
import type { Wires } from "../wire/wires.ts";
import { ParseFailure } from "./parse-failure.ts";
import { ServerConnection } from "./server-connection.ts";
import type { DrainingConnection, ServerSettings } from "./server-settings.ts";

/** Where to listen; port 0 takes a free one. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
  /** Other listeners may have the same port, and the system spreads connections over them. */
  readonly reusePort?: boolean;
}

/** A listener could not be opened, such as for a port that is taken. */
export class ListenFailed extends Error {
  readonly code = "LISTEN_FAILED";

  constructor(what: string, { host, port }: ListenAddress, cause: unknown) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    const known: Record<string, string> = {
      EADDRINUSE: "the port is taken",
      EACCES: "not allowed for this user",
      EADDRNOTAVAIL: "this machine has no such address",
      ENOTSUP: "this system cannot share a port between workers, so there can be only one",
    };
    super(`cannot listen on ${host}:${port} for ${what}: ${known[reason] ?? reason}`, { cause });
    this.name = "ListenFailed";
  }
}

/** An open port whose connections are served as HTTP/1.1, until something takes one of them out of HTTP. */
export class HttpListener {
  readonly #server: Server;
  readonly #connections = new Set<DrainingConnection>();
  /** Everything that came by this port and is still open, tunnels and HTTP/2 included. */
  readonly #sockets = new Set<Socket>();
  #onEmpty: (() => void) | undefined;
  #draining = false;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Rejects with ListenFailed. `what` names the listener in messages. */
  static async open(
    what: string,
    address: ListenAddress,
    settings: ServerSettings,
    wires: Wires,
    certificate?: ServerCertificate,
  ): Promise<HttpListener> {
    const server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true });
    const listener = new HttpListener(server);
    const take = certificate && (await listener.#terminate(certificate, settings, wires));
    server.on("connection", take ?? ((socket) => listener.serve(wires.accept(socket), settings)));
    server.listen({ ...address, backlog: 1024 });
    try {
      await once(server, "listening");
    } catch (cause) {
      throw new ListenFailed(what, address, cause);
    }
    return listener;
  }

  get address(): ListenAddress {
    const { address, port } = this.#server.address() as AddressInfo;
    return { host: address, port };
  }

  get connections(): number {
    return this.#sockets.size;
  }

  /** Serves a connection as if it had come by this port; `first` was read from it before. */
  serve(wire: Wire, settings: ServerSettings, first?: Buffer): void {
    this.#hold(wire.socket);
    const own = settings.http2 ? { ...settings, http2: this.#http2Of(settings.http2) } : settings;
    const connection = new ServerConnection(wire, own, (gone) => this.#connections.delete(gone));
    this.#connections.add(connection);
    if (first) connection.receive(first);
    if (this.#draining) connection.drain();
  }

  /** Takes no more connections and lets those there are finish what is under way; the rest is cut off at the deadline. */
  async drain(deadlineMs: number): Promise<void> {
    this.#draining = true;
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const connection of [...this.#connections]) connection.drain();
    const timer = setTimeout(() => this.destroy(), deadlineMs);
    await closed;
    if (this.#sockets.size > 0)
      await new Promise<void>((resolve) => {
        this.#onEmpty = resolve;
      });
    clearTimeout(timer);
  }

  destroy(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Takes a connection and serves it once it is encrypted. */
  async #terminate(
    certificate: ServerCertificate,
    settings: ServerSettings,
    wires: Wires,
  ): Promise<(socket: Socket) => void> {
    const own = { ...settings, encrypted: true };
    const encrypt = await terminateTls({
      ...certificate,
      handshakeTimeoutMs: settings.limits.headTimeoutMs,
      accepted: (socket, protocol) => {
        if (protocol === "h2" && settings.http2) this.#http2Of(settings.http2)(socket, own);
        else this.serve(wires.over(socket), { ...own, http2: undefined });
      },
      refused: (error) => settings.refuse(new ParseFailure("tls-handshake", error.message)),
    });
    return (socket) => {
      this.#hold(socket);
      encrypt(socket);
    };
  }

  #http2Of(take: NonNullable<ServerSettings["http2"]>): NonNullable<ServerSettings["http2"]> {
    return (socket, settings) => {
      this.#hold(socket);
      const connection = take(socket, settings);
      this.#connections.add(connection);
      socket.once("close", () => this.#connections.delete(connection));
      if (this.#draining) connection.drain();
      return connection;
    };
  }

  #hold(socket: Socket): void {
    if (this.#sockets.has(socket)) return;
    this.#sockets.add(socket);
    socket.once("close", () => {
      this.#sockets.delete(socket);
      if (this.#sockets.size === 0) this.#onEmpty?.();
    });
  }
}
