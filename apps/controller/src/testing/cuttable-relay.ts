import { connect, createServer, type Socket } from "node:net";
import { freePort } from "@weir/testkit";

/** A way to a Postgres that can be taken away and given back, as an outage does it. */
export interface CuttableRelay {
  /** The same database by way of the relay. */
  readonly databaseUrl: string;
  /** Breaks every connection and refuses new ones. */
  cut(): Promise<void>;
  restore(): Promise<void>;
}

export async function startCuttableRelay(databaseUrl: string): Promise<CuttableRelay> {
  const target = new URL(databaseUrl);
  const port = await freePort();
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on("error", () => to.destroy());
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  const restore = () => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  await restore();
  const relayed = new URL(databaseUrl);
  relayed.host = `127.0.0.1:${port}`;
  return {
    databaseUrl: relayed.href,
    restore,
    async cut() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
