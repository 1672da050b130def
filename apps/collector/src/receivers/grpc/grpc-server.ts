import { once } from "node:events";
import { createServer, type Http2Session, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";
import { listen } from "../listen.ts";
import { answerCall, type CallSettings } from "./answer-call.ts";
import type { CallMessages } from "./call-messages.ts";

export interface GrpcServerSettings extends CallSettings {
  readonly listen: { readonly host: string; readonly port: number };
}

export interface GrpcServer {
  readonly port: number;
  /** Takes no new call, answers those that are here, closes; after `graceMs` what is left is cut off. */
  stop(graceMs: number): Promise<void>;
}

/** Calls of one connection at once; further ones wait at their sender (RFC 9113 5.1.2). */
const maxCallsPerConnection = 256;
/** Each takes some 25 kB, and up to 64 kB of what it sent and nobody has asked for. */
const maxConnections = 2000;
/** A connection whose other end is gone without a word is noticed after it. */
const keepAliveMs = 60_000;

/**
 * A gRPC server over cleartext HTTP/2 for methods with one answer. It stands on node:http2, because what a call may
 * take is bounded while it is read (docs/adr/0017-grpc-server.md). Throws one sentence when it cannot listen.
 */
export async function startGrpcServer(settings: GrpcServerSettings): Promise<GrpcServer> {
  const server = createServer({ settings: { maxConcurrentStreams: maxCallsPerConnection } });
  const sessions = new Set<Http2Session>();
  const calls = new Set<CallMessages>();
  let stopping = false;
  server.maxConnections = maxConnections;
  server.on("connection", (socket) => socket.setKeepAlive(true, keepAliveMs));
  server.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
    if (stopping) session.close();
  });
  server.on("stream", (stream: ServerHttp2Stream, headers) => {
    void answerCall(stream, headers, settings, (messages) => {
      calls.add(messages);
      stream.once("close", () => calls.delete(messages));
      if (stopping) messages.stop();
    });
  });
  await listen(server, settings.listen);
  return {
    port: (server.address() as AddressInfo).port,
    async stop(graceMs) {
      stopping = true;
      const closed = once(server, "close");
      server.close();
      for (const call of calls) call.stop();
      for (const session of sessions) session.close();
      const grace = setTimeout(() => {
        for (const session of sessions) session.destroy();
      }, graceMs);
      await closed;
      clearTimeout(grace);
    },
  };
}
