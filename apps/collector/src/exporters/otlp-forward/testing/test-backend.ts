import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { freePort } from "@weir/testkit/sockets";

/** A request that a backend got. */
export interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  /** Not compressed any more. */
  readonly body: string;
}

export type Answer = (request: ReceivedRequest, response: ServerResponse) => void | Promise<void>;

/** An OTLP/HTTP backend that answers as a test wants it to. */
export class TestBackend {
  readonly received: ReceivedRequest[] = [];
  answer: Answer = (_, response) => void response.end();
  /** Kept when it stops, so that it can come back; nobody is given it meanwhile. */
  port = 0;
  #server: Server | undefined;

  async start(): Promise<void> {
    if (this.port === 0) this.port = await freePort();
    const server = createServer((request, response) => void this.#take(request, response));
    this.#server = server.listen(this.port, "127.0.0.1");
    await once(server, "listening");
  }

  /** Connections break, and new ones are refused. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (!server?.listening) return;
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await buffer(request);
    const body = request.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
    const received = { path: request.url ?? "", headers: request.headers, body: body.toString() };
    this.received.push(received);
    await this.answer(received, response);
  }
}
