import { type ClientRequest, createServer, type IncomingMessage, request, type Server } from "node:http";
import { Duplex } from "node:stream";
import type { HttpReading, ReadMessage } from "./http-reading.ts";

/** Beyond what any case sends: Node must not refuse for its size what Weir takes. */
const maxHeaderSize = 128 * 1024;

/** The requests that Node's own HTTP server finds in what a caller sends; `server` from `readingServer`. */
export async function nodeReadsRequests(server: Server, pieces: readonly Buffer[]): Promise<HttpReading> {
  const messages: ReadMessage[] = [];
  let stopped: string | undefined;
  const onRequest = (incoming: IncomingMessage): void => {
    messages.push(collect(incoming, [incoming.method ?? "", incoming.url ?? "", minorOf(incoming)]));
  };
  const onConnect = (incoming: IncomingMessage): void => {
    onRequest(incoming);
    for (const message of messages.slice(-1)) message.whole = true;
    stopped = "closed";
  };
  const onError = (error: Error & { code?: string }): void => {
    stopped ??= error.code ?? error.message;
  };
  const socket = new WireEnd();
  const listeners = {
    request: onRequest,
    checkContinue: onRequest,
    checkExpectation: onRequest,
    connect: onConnect,
  };
  for (const [event, listener] of Object.entries(listeners)) server.on(event, listener);
  server.on("clientError", onError);
  server.emit("connection", socket);
  socket.give(pieces);
  await tick();
  for (const [event, listener] of Object.entries(listeners)) server.off(event, listener);
  server.off("clientError", onError);
  socket.destroy();
  if (socket.written.startsWith("HTTP/1.1 400")) stopped ??= "400";
  return { messages, stopped };
}

export function readingServer(): Server {
  const server = createServer({ maxHeaderSize });
  server.maxHeadersCount = 0;
  return server;
}

/** The responses that Node's own HTTP client finds in what an upstream answers. */
export async function nodeReadsResponses(pieces: readonly Buffer[], method: string): Promise<HttpReading> {
  const messages: ReadMessage[] = [];
  let stopped: string | undefined;
  const socket = new WireEnd();
  const outgoing: ClientRequest = request({
    method,
    host: "backend",
    createConnection: () => socket,
    maxHeaderSize,
  });
  outgoing.maxHeadersCount = 0;
  const onMessage = (incoming: IncomingMessage): ReadMessage => {
    const message = collect(incoming, [incoming.statusCode ?? 0, incoming.statusMessage ?? ""]);
    messages.push(message);
    return message;
  };
  outgoing.on("information", ({ statusCode, statusMessage, rawHeaders }) => {
    const start = [statusCode, statusMessage];
    messages.push({ start, fields: rawHeaders, body: "", trailers: [], whole: true });
  });
  outgoing.on("response", onMessage);
  outgoing.on("upgrade", (incoming) => {
    onMessage(incoming).whole = true;
    stopped = "closed";
  });
  outgoing.on("error", (error: Error & { code?: string }) => {
    stopped ??= error.code ?? error.message;
  });
  outgoing.end();
  await tick();
  socket.give(pieces);
  await tick();
  outgoing.destroy();
  socket.destroy();
  return { messages, stopped };
}

/** One end of a connection whose bytes the test gives, each read in one call. */
class WireEnd extends Duplex {
  written = "";

  give(pieces: readonly Buffer[]): void {
    for (const piece of pieces) if (!this.destroyed) this.emit("data", piece);
    if (!this.destroyed) this.emit("end");
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.written += chunk.toString("latin1");
    done();
  }
}

function collect(incoming: IncomingMessage, start: readonly (string | number)[]): ReadMessage {
  const message: ReadMessage = { start, fields: incoming.rawHeaders, body: "", trailers: [], whole: false };
  incoming.on("data", (bytes: Buffer) => {
    message.body += bytes.toString("latin1");
  });
  incoming.on("end", () => {
    message.whole = incoming.complete;
    message.trailers = incoming.rawTrailers;
  });
  incoming.on("error", () => undefined);
  return message;
}

function minorOf(incoming: IncomingMessage): number {
  return incoming.httpVersionMajor === 1 ? incoming.httpVersionMinor : Number.NaN;
}

function tick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
