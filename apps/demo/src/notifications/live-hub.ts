import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";

/** Hands every event to every WebSocket that is connected. */
export type LiveHub = {
  onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  broadcast(event: object): void;
  /** Pings all; who has not answered the last ping is cut off. */
  beat(): void;
  listeners(): number;
  close(): void;
};

const maxListeners = 100;
/** A listener that cannot keep up loses events rather than filling this process's memory. */
const maxBufferedBytes = 256 * 1024;

export function createLiveHub(path: string): LiveHub {
  const server = new WebSocketServer({ noServer: true, maxPayload: 1024, perMessageDeflate: false });
  const silent = new WeakSet<WebSocket>();

  return {
    onUpgrade(request, socket, head) {
      const isHere = new URL(request.url ?? "/", "http://shop").pathname === path;
      if (!isHere || server.clients.size >= maxListeners) {
        const status = isHere ? "503 Service Unavailable" : "404 Not Found";
        socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
        return;
      }
      server.handleUpgrade(request, socket, head, (client) => {
        client.on("pong", () => silent.delete(client));
        client.on("error", () => client.terminate());
      });
    },
    broadcast(event) {
      const text = JSON.stringify(event);
      for (const client of server.clients) {
        if (client.readyState === WebSocket.OPEN && client.bufferedAmount < maxBufferedBytes)
          client.send(text);
      }
    },
    beat() {
      for (const client of server.clients) {
        if (silent.has(client)) client.terminate();
        else {
          silent.add(client);
          client.ping();
        }
      }
    },
    listeners: () => server.clients.size,
    close() {
      for (const client of server.clients) {
        client.close(1001, "going away");
        client.terminate();
      }
    },
  };
}
