import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";

/** A target on a real port. */
export interface TestTarget {
  readonly address: string;
  readonly port: number;
  readonly requests: IncomingMessage[];
  /** The exposition it answers with from now on. */
  show(text: string, headers?: Readonly<Record<string, string>>): void;
  /** How it answers from now on. */
  answer(respond: (request: IncomingMessage, response: ServerResponse) => void): void;
  close(): void;
}

export async function startTarget(text = ""): Promise<TestTarget> {
  const requests: IncomingMessage[] = [];
  const shows =
    (shown: string, headers = {}) =>
    (_: IncomingMessage, response: ServerResponse): void => {
      const isPacked = "content-encoding" in headers;
      response.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8", ...headers });
      response.end(isPacked ? gzipSync(shown) : shown);
    };
  let respond: (request: IncomingMessage, response: ServerResponse) => void = shows(text);
  const server = createServer((request, response) => {
    requests.push(request);
    respond(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    ...{ port, requests, address: `127.0.0.1:${port}` },
    show(shown, headers) {
      respond = shows(shown, headers);
    },
    answer(how) {
      respond = how;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
