import { once } from "node:events";
import * as http from "node:http";
import * as http2 from "node:http2";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { connectHttp2 } from "./http2-peers.ts";

export type HttpVersion = "1.1" | "2";

/** An exchange as a caller saw it, whatever version it spoke. */
export interface Seen {
  readonly status: number;
  readonly interim: readonly number[];
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  readonly trailers: Readonly<Record<string, unknown>>;
  /** The answer did not come to an orderly end. */
  readonly broken: boolean;
}

export interface Ask {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  /** Absent: no body. With `content-length` among the headers its length is announced, else it is not. */
  readonly body?: string;
  readonly trailers?: Record<string, string>;
}

export interface BridgeApp {
  readonly port: number;
  /** Paths of requests whose caller went away. */
  readonly left: string[];
}

type Request = http.IncomingMessage | http2.Http2ServerRequest;
type Response = http.ServerResponse | http2.Http2ServerResponse;

/** An application of either version; what it does is told by the path that is asked for. */
export async function startBridgeApp(version: HttpVersion): Promise<BridgeApp> {
  const left: string[] = [];
  const serve = (request: Request, response: Response): void => {
    request.on("error", () => undefined);
    response.on("error", () => undefined);
    response.on("close", () => {
      if (!response.writableEnded) left.push(request.url ?? "");
    });
    void answer(request, response as http.ServerResponse);
  };
  const server = version === "2" ? http2.createServer(serve) : http.createServer(serve);
  const sessions = new Set<{ destroy(): void }>();
  server.on(version === "2" ? "session" : "connection", (some: { destroy(): void }) => sessions.add(some));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const session of sessions) session.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, left };
}

async function answer(request: Request, response: http.ServerResponse): Promise<void> {
  const reset = () =>
    "stream" in response
      ? (response as unknown as http2.Http2ServerResponse).stream.close(2)
      : request.socket.resetAndDestroy();
  switch (request.url) {
    case "/length":
      response.writeHead(200, { "content-length": "5", "x-method": request.method ?? "" });
      response.end("hello");
      return;
    case "/early":
      response.writeHead(200, { "content-length": "5" });
      response.end("early");
      return;
    case "/204":
      response.writeHead(204);
      response.end();
      return;
    case "/304":
      response.writeHead(304, { etag: '"a"' });
      response.end();
      return;
    case "/empty":
      response.writeHead(200, { "content-length": "0" });
      response.end();
      return;
    case "/twice":
      response.setHeader("set-cookie", ["a=1", "b=2"]);
      response.setHeader("x-b", ["1", "2"]);
      response.writeHead(200, { "content-length": "0" });
      response.end();
      return;
    case "/interim":
      response.writeEarlyHints({ link: "</a>; rel=preload" });
      response.writeHead(200, { "content-length": "0" });
      response.end();
      return;
    case "/reset-head":
      reset();
      return;
    case "/reset-body":
      response.writeHead(200);
      response.write("half", () => setTimeout(reset, 20));
      return;
    case "/hang":
      return;
    case "/hang-body":
      response.writeHead(200);
      response.write("half");
      return;
    default: {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      response.writeHead(200, {
        "x-length": request.headers["content-length"] ?? "none",
        "x-trailers": JSON.stringify(request.trailers),
        trailer: "x-sum",
      });
      response.write(Buffer.concat(parts));
      response.addTrailers({ "x-sum": `${Buffer.concat(parts).length}` });
      response.end();
    }
  }
}

export interface Caller {
  ask(ask: Ask): Promise<Seen>;
  /** Asks, and goes away once `when` says so of what came so far. */
  leave(ask: Ask, when: (came: { headers: boolean; body: string }) => boolean): Promise<void>;
}

export async function connectCaller(
  version: HttpVersion,
  port: number,
  authority = "backend",
): Promise<Caller> {
  return version === "2" ? http2Caller(port, authority) : http1Caller(port, authority);
}

async function http2Caller(port: number, authority: string): Promise<Caller> {
  const client = await connectHttp2(port, authority);
  const head = ({ method = "GET", path, headers }: Ask) => ({ ":method": method, ":path": path, ...headers });
  return {
    async ask(ask) {
      const body =
        ask.body === undefined
          ? undefined
          : { parts: [ask.body], ...(ask.trailers && { trailers: ask.trailers }) };
      const { headers, trailers = {}, resetCode, ...rest } = await client.ask(head(ask), body);
      return { ...rest, headers, trailers, status: Number(headers[":status"] ?? 0), broken: resetCode !== 0 };
    },
    async leave(ask, when) {
      const stream = client.session.request(
        { ":authority": authority, ...head(ask) },
        { endStream: ask.body === undefined },
      );
      stream.on("error", () => undefined);
      const came = { headers: false, body: "" };
      const look = () => void (when(came) && stream.close(http2.constants.NGHTTP2_CANCEL));
      stream.on("response", () => {
        came.headers = true;
        look();
      });
      stream.on("data", (part: Buffer) => {
        came.body += part;
        look();
      });
      if (ask.body !== undefined) stream.write(ask.body);
      setTimeout(look, 50);
      await new Promise((resolve) => stream.once("close", resolve));
    },
  };
}

function http1Caller(port: number, authority: string): Caller {
  const begin = ({ method = "GET", path, headers, trailers }: Ask) =>
    http.request({
      port,
      host: "127.0.0.1",
      method,
      path,
      agent: false,
      headers: {
        host: authority,
        ...headers,
        ...(trailers && { trailer: Object.keys(trailers).join(", ") }),
      },
    });
  return {
    ask: (ask) =>
      new Promise((resolve) => {
        const request = begin(ask);
        const interim: number[] = [];
        request.on("information", ({ statusCode }) => void interim.push(statusCode));
        const none = { status: 0, interim, headers: {}, body: "", trailers: {}, broken: true };
        let answered = false;
        request.on("error", () => void (answered || resolve(none)));
        request.on("response", (response) => {
          answered = true;
          let body = "";
          response.setEncoding("latin1");
          response.on("data", (part: string) => {
            body += part;
          });
          response.on("error", () => undefined);
          response.on("close", () => {
            const { statusCode = 0, headers, trailers, complete } = response;
            resolve({ status: statusCode, interim, headers, body, trailers, broken: !complete });
            request.destroy();
          });
        });
        if (ask.trailers) request.addTrailers(ask.trailers);
        if (ask.body === undefined) request.end();
        else if (ask.headers?.["content-length"]) request.end(ask.body);
        else {
          request.write(ask.body);
          request.end();
        }
      }),
    leave: async (ask, when) => {
      const request = begin(ask);
      request.on("error", () => undefined);
      const came = { headers: false, body: "" };
      const look = () => void (when(came) && request.socket?.resetAndDestroy());
      request.on("response", (response) => {
        came.headers = true;
        response.on("error", () => undefined);
        response.on("data", (part: Buffer) => {
          came.body += part;
          look();
        });
        look();
      });
      if (ask.body === undefined) request.end();
      else request.write(ask.body);
      request.on("socket", () => setTimeout(look, 50));
      await new Promise((resolve) => request.once("close", resolve));
    },
  };
}
