import type { Agent, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { WebSocket } from "ws";
import type { OrderEvent } from "../notifications/order-event.ts";

/**
 * Order events as they happen: one WebSocket to notifications, handed on as server-sent events to as many browsers as
 * there are. A lost connection is taken up again with growing pauses.
 */
export type LiveFeed = {
  /** Streams events to a browser until it leaves: those of one order, or all. */
  stream(response: ServerResponse, orderId: string | undefined): void;
  /** Keeps quiet streams open, and cuts off a WebSocket from which no ping came for long. */
  beat(): void;
  isConnected(): boolean;
  stop(): void;
};

const firstPauseMs = 250;
const longestPauseMs = 10_000;
const silenceMs = 40_000;
const maxStreams = 200;

export function openLiveFeed(settings: {
  agent: Agent;
  log: Logger;
  now: () => number;
  random: () => number;
}): LiveFeed {
  const { agent, log, now, random } = settings;
  const streams = new Map<ServerResponse, string | undefined>();
  let socket: WebSocket | undefined;
  let retry: NodeJS.Timeout | undefined;
  let attempts = 0;
  let heardAtMs = now();
  let stopped = false;

  const connect = () => {
    // The agent makes `ws` go through HTTP_PROXY like every other call.
    const current = new WebSocket("ws://notifications/live", {
      agent,
      handshakeTimeout: 3_000,
      perMessageDeflate: false,
    });
    socket = current;
    current.on("open", () => {
      attempts = 0;
      heardAtMs = now();
      log.info("connected to the live events");
    });
    current.on("ping", () => {
      heardAtMs = now();
    });
    current.on("message", (data) => {
      heardAtMs = now();
      hand(String(data));
    });
    current.on("error", (err) => log.debug({ err }, "the live connection failed"));
    current.on("close", () => {
      if (stopped) return;
      attempts += 1;
      const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempts - 1)) * (0.5 + random() / 2);
      if (attempts === 1) log.warn("lost the live events, connecting again");
      retry = setTimeout(connect, pauseMs);
    });
  };

  const hand = (text: string) => {
    const event = readEvent(text);
    if (!event) return;
    for (const [response, orderId] of streams) {
      if (orderId === undefined || orderId === event.orderId)
        response.write(`data: ${publicView(event, orderId)}\n\n`);
    }
  };

  connect();
  return {
    stream(response, orderId) {
      if (streams.size >= maxStreams) {
        response.end();
        return;
      }
      streams.set(response, orderId);
      response.on("close", () => streams.delete(response));
      response.write(": hello\nretry: 2000\n\n");
    },
    beat() {
      for (const response of streams.keys()) response.write(": still here\n\n");
      if (socket?.readyState === WebSocket.OPEN && now() - heardAtMs > silenceMs) socket.terminate();
    },
    isConnected: () => socket?.readyState === WebSocket.OPEN,
    stop() {
      stopped = true;
      clearTimeout(retry);
      socket?.terminate();
      for (const response of streams.keys()) response.end();
    },
  };
}

function readEvent(text: string): OrderEvent | undefined {
  try {
    return JSON.parse(text) as OrderEvent;
  } catch {
    return undefined;
  }
}

/** Whoever does not name the order learns what was bought where, not by which order. */
function publicView(event: OrderEvent, orderId: string | undefined): string {
  if (orderId !== undefined) return JSON.stringify(event);
  const { kind, at, city, goods } = event;
  return JSON.stringify({ kind, at, city, goods });
}
