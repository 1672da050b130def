import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { freePort } from "./free-port.ts";

export interface TcpRelay {
  readonly port: number;
  /** Closes every connection and refuses new ones, as a server that died does. */
  cut(): Promise<void>;
  /** Keeps every connection open and carries nothing, as a network that loses packets does. */
  freeze(): void;
  /** Undoes `cut` and `freeze`; the port stays the same. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

/** Stands between a client and a server on loopback, so that a test can take the way between them. */
export async function startTcpRelay(target: {
  readonly host: string;
  readonly port: number;
}): Promise<TcpRelay> {
  const sockets = new Set<Socket>();
  let frozen = false;
  let server: Server;

  const join = (client: Socket): void => {
    const upstream = connect(target);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on("error", () => {});
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
      // Not `pipe`, which would resume a paused socket by itself.
      from.on("data", (chunk) => void to.write(chunk));
      from.on("end", () => void to.end());
    }
    if (frozen) for (const socket of [client, upstream]) socket.pause();
  };
  const listen = async (port: number): Promise<void> => {
    server = createServer(join).listen(port, "127.0.0.1");
    await once(server, "listening");
  };
  const cut = async (): Promise<void> => {
    const closed = server.listening ? once(server, "close") : undefined;
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };

  // One that nobody is given while it is cut.
  const port = await freePort();
  await listen(port);
  return {
    port,
    cut,
    freeze() {
      frozen = true;
      for (const socket of sockets) socket.pause();
    },
    async restore() {
      frozen = false;
      for (const socket of sockets) socket.resume();
      if (!server.listening) await listen(port);
    },
    close: cut,
  };
}
