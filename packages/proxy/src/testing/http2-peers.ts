import { once } from "node:events";
import { type ClientHttp2Session, connect, createServer, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface Http2Answer {
  /** Interim responses are told apart by `headers` events. */
  readonly interim: readonly number[];
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  readonly trailers: Readonly<Record<string, unknown>> | undefined;
  /** Code of the reset that ended it; 0 for an orderly end. */
  readonly resetCode: number;
}

export interface Http2App {
  readonly port: number;
  /** Connections that were opened so far. */
  readonly sessions: number;
  close(): void;
}

/** A server of HTTP/2 by prior knowledge; `serve` does what it likes with each stream. */
export async function startHttp2App(
  serve: (stream: ServerHttp2Stream, headers: Readonly<Record<string, unknown>>) => void,
  settings: { maxConcurrentStreams?: number; initialWindowSize?: number } = {},
): Promise<Http2App> {
  const server = createServer({ settings });
  const sessions = new Set<{ destroy(): void }>();
  let opened = 0;
  server.on("session", (session) => {
    opened++;
    sessions.add(session);
    session.on("error", () => undefined).on("close", () => sessions.delete(session));
  });
  server.on("stream", (stream, headers) => {
    stream.on("error", () => undefined);
    serve(stream as ServerHttp2Stream, headers);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = () => {
    for (const session of sessions) session.destroy();
    server.close();
  };
  onTestFinished(close);
  return {
    port: (server.address() as AddressInfo).port,
    get sessions() {
      return opened;
    },
    close,
  };
}

export interface Http2Client {
  readonly session: ClientHttp2Session;
  /** Sends one request and gathers its answer; rejects only when the connection breaks before there is a stream. */
  ask(headers: Record<string, string | string[]>, body?: Http2Body): Promise<Http2Answer>;
}

export interface Http2Body {
  readonly parts?: readonly (string | Buffer)[];
  readonly trailers?: Record<string, string>;
}

/** A client by prior knowledge; `authority` is what requests name unless they say otherwise. */
export async function connectHttp2(port: number, authority = "backend"): Promise<Http2Client> {
  const session = connect(`http://127.0.0.1:${port}`);
  session.on("error", () => undefined);
  onTestFinished(() => session.destroy());
  await once(session, "connect");
  return {
    session,
    ask: (headers, body) =>
      new Promise((resolve) => {
        const stream = session.request(
          { ":authority": authority, ":path": "/", ...headers },
          { endStream: body === undefined, waitForTrailers: body?.trailers !== undefined },
        );
        const interim: number[] = [];
        let head: Record<string, unknown> = {};
        let text = "";
        let trailers: Record<string, unknown> | undefined;
        stream.setEncoding("latin1");
        stream.on("error", () => undefined);
        stream.on("headers", (some) => void interim.push(Number(some[":status"])));
        stream.on("response", (some) => {
          head = some;
        });
        stream.on("data", (part: string) => {
          text += part;
        });
        stream.on("trailers", (some) => {
          trailers = some;
        });
        stream.on("wantTrailers", () => stream.sendTrailers(body?.trailers ?? {}));
        stream.on("close", () =>
          resolve({ interim, headers: head, body: text, trailers, resetCode: stream.rstCode }),
        );
        if (body) {
          for (const part of body.parts ?? []) stream.write(part);
          stream.end();
        }
      }),
  };
}
