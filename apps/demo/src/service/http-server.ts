import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Logger } from "pino";
import { DependencyError } from "./call.ts";
import { HttpError } from "./http-error.ts";
import { readBody } from "./read-body.ts";
import { type Answer, createRouter, type Routes, type ServiceRequest } from "./router.ts";
import type { TraceContext } from "./trace-context.ts";

/** How an error looks to the caller; a shop page for humans may render it in another way. */
export type ErrorView = (error: HttpError, request: IncomingMessage) => Answer;

export type ServerSettings = { routes: Routes; context: TraceContext; log: Logger; errorView?: ErrorView };

/** An HTTP server for a table of routes. Every failure below a handler ends here, in one answer and one log line. */
export function createHttpServer({ routes, context, log, errorView = jsonError }: ServerSettings): Server {
  const find = createRouter(routes);

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    try {
      const url = new URL(request.url ?? "/", "http://shop");
      const { handler, params } = find(request.method ?? "GET", url.pathname);
      const answer = await handler(describe(request, url, params));
      response.shouldKeepAlive &&= server.listening; // while draining, this answer is the connection's last
      send(response, answer);
    } catch (cause) {
      const error = toHttpError(cause);
      const line = { method: request.method, path: request.url, status: error.status, code: error.code };
      if (error.status >= 500) log.warn({ ...line, err: cause }, error.message);
      else log.debug(line, error.message);
      if (response.headersSent) response.destroy();
      else send(response, errorView(error, request));
    }
  };

  const server = createServer({ requestTimeout: 15_000 }, (request, response) => {
    void context.serve(request.headers, () => serve(request, response));
  });
  // Longer than a proxy keeps its idle connections, so that it is never this side that closes first.
  server.keepAliveTimeout = 75_000;
  return server;
}

function describe(request: IncomingMessage, url: URL, params: Record<string, string>): ServiceRequest {
  return {
    method: request.method ?? "GET",
    path: url.pathname,
    params,
    query: url.searchParams,
    headers: request.headers,
    remoteAddress: request.socket.remoteAddress ?? "",
    body: () => readBody(request),
  };
}

function send(response: ServerResponse, answer: Answer): void {
  if ("stream" in answer) {
    response.writeHead(answer.status ?? 200, answer.headers);
    answer.stream(response);
    return;
  }
  if (answer.status === 204) {
    response.writeHead(204, answer.headers).end(); // a 204 has no content-length (RFC 9110 8.6)
    return;
  }
  const text = "json" in answer ? JSON.stringify(answer.json) : answer.text;
  const type = "json" in answer ? "application/json" : "text/plain; charset=utf-8";
  response.writeHead(answer.status ?? 200, {
    "content-type": type,
    "content-length": Buffer.byteLength(text),
    ...answer.headers,
  });
  response.end(text);
}

function toHttpError(cause: unknown): HttpError {
  if (cause instanceof HttpError) return cause;
  if (cause instanceof DependencyError) {
    const { service, failure, reason } = cause;
    return new HttpError(
      503,
      "dependency-unavailable",
      cause.message,
      { service, failure, reason },
      { cause },
    );
  }
  if (cause instanceof TypeError && "code" in cause && cause.code === "ERR_INVALID_URL") {
    return new HttpError(400, "invalid-url", "the request's address cannot be read", {}, { cause });
  }
  return new HttpError(500, "internal", "something went wrong here", {}, { cause });
}

function jsonError(error: HttpError): Answer {
  const allow = error.details.allowed;
  return {
    status: error.status,
    headers: Array.isArray(allow) ? { allow: allow.join(", ") } : {},
    json: { error: { code: error.code, message: error.message, ...error.details } },
  };
}
