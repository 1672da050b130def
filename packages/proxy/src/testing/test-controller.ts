import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { text } from "node:stream/consumers";
import type { Acknowledgement, Hello, Snapshot } from "@weir/domain";
import { freePort } from "@weir/testkit/sockets";
import { onTestFinished } from "vitest";

/** A controller's two endpoints, on node:http, doing what the test says. */
export interface TestController {
  readonly origin: string;
  readonly port: number;
  readonly hellos: Hello[];
  readonly acknowledgements: Acknowledgement[];
  /** Sends a line to every open stream. */
  send(message: unknown): void;
  /** Breaks everything off, as when the process is killed. */
  kill(): Promise<void>;
}

/** Without a port on one of its own, which nobody is given when it has been killed and another takes its place. */
export async function startTestController(
  first: Snapshot | undefined,
  port?: number,
): Promise<TestController> {
  const hellos: Hello[] = [];
  const acknowledgements: Acknowledgement[] = [];
  const streams = new Set<ServerResponse>();
  const sockets = new Set<Socket>();
  const server = createServer(async (request, response) => {
    const body: unknown = JSON.parse(await text(request));
    if (request.url === "/v1/ack") {
      acknowledgements.push(body as Acknowledgement);
      response.writeHead(202).end();
      return;
    }
    hellos.push(body as Hello);
    response.writeHead(200, { "content-type": "application/x-ndjson" });
    streams.add(response);
    if (first) response.write(`${JSON.stringify({ type: "snapshot", snapshot: first })}\n`);
    else response.flushHeaders();
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen(port ?? (await freePort()), "127.0.0.1");
  await once(server, "listening");
  const kill = async () => {
    for (const socket of sockets) socket.destroy();
    if (!server.listening) return;
    server.close();
    await once(server, "close");
  };
  onTestFinished(kill);
  const actual = (server.address() as AddressInfo).port;
  return {
    origin: `http://127.0.0.1:${actual}`,
    port: actual,
    hellos,
    acknowledgements,
    send: (message) => {
      for (const stream of streams) stream.write(`${JSON.stringify(message)}\n`);
    },
    kill,
  };
}
