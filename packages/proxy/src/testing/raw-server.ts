import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";

export interface RawServer {
  readonly port: number;
  /** Everything each connection sent so far, decoded as latin1. */
  readonly received: string[];
  /** The connections, in the order they came. */
  readonly sockets: Socket[];
  close(): Promise<void>;
}

/**
 * A TCP server that does what the test says with each read: `answer` gets the text of its connection so far, and
 * returns what to send now.
 */
export async function startRawServer(
  answer: (text: string, socket: Socket, connection: number) => string | undefined,
): Promise<RawServer> {
  const received: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const index = sockets.push(socket) - 1;
    received.push("");
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      received[index] += chunk.toString("latin1");
      const reply = answer(received[index] ?? "", socket, index);
      if (reply !== undefined) socket.write(reply, "latin1");
    });
  });
  const port = await listening(server);
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) {
      server.close();
      await once(server, "close");
    }
  };
  onTestFinished(close);
  return { port, received, sockets, close };
}

/** A server that gives the same answer to every request without a body. */
export function startFixedServer(response: string): Promise<RawServer> {
  const counts = new Map<number, number>();
  return startRawServer((text, _socket, connection) => {
    const requests = text.split("\r\n\r\n").length - 1;
    const before = counts.get(connection) ?? 0;
    counts.set(connection, requests);
    return requests > before ? response.repeat(requests - before) : undefined;
  });
}

export function ok(body: string, more = ""): string {
  return `HTTP/1.1 200 OK\r\n${more}Content-Length: ${body.length}\r\n\r\n${body}`;
}

async function listening(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}
