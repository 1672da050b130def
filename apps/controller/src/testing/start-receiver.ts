import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly url: string;
  readonly body: string;
}

export interface Receiver {
  readonly url: string;
  /** In the order in which they came. */
  readonly received: readonly Received[];
  stop(): Promise<void>;
}

/** A real HTTP server that keeps what it is sent and answers as it is told, or never. */
export async function startReceiver(
  answer: (response: ServerResponse, received: Received, count: number) => void,
  port = 0,
): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const body = (await request.toArray()).join("");
    const one = { headers: request.headers, url: request.url ?? "", body };
    received.push(one);
    answer(response, one, received.length);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
