import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { HealthHandler, Logger } from "@weir/telemetry/process";
import { HttpFailure, sendFailure } from "./http-failure.ts";

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface ControlServerSettings {
  readonly health: HealthHandler;
  /** By path; all of them take POST. */
  readonly routes: Readonly<Record<string, Handler>>;
  readonly logger: Logger;
}

/** The controller's one port: the control stream, acknowledgements and health. */
export function createControlServer({ health, routes, logger }: ControlServerSettings): Server {
  const byPath = new Map(Object.entries(routes));
  // A request is small and comes at once; only the answer of a stream takes its time.
  const limits = { headersTimeout: 10_000, requestTimeout: 10_000, connectionsCheckingInterval: 2_000 };
  return createServer(limits, (request, response) => {
    response.on("error", (error) => logger.debug({ err: error }, "an answer broke off"));
    if (health(request, response)) return;
    route(byPath, request, response).catch((error: unknown) => {
      // Whoever went away in the middle of a request waits for no answer.
      if (response.destroyed) return;
      if (!(error instanceof HttpFailure)) logger.error({ err: error, url: request.url }, "a request failed");
      sendFailure(response, asFailure(error));
    });
  });
}

async function route(
  routes: ReadonlyMap<string, Handler>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = request.url?.split("?", 1)[0] ?? "";
  const handler = routes.get(path);
  if (!handler) throw new HttpFailure(404, "not-found", `there is nothing at ${path}`);
  if (request.method !== "POST")
    throw new HttpFailure(405, "method-not-allowed", `${path} takes POST, not ${request.method}`, {
      headers: { allow: "POST" },
    });
  await handler(request, response);
}

function asFailure(error: unknown): HttpFailure {
  if (error instanceof HttpFailure) return error;
  return new HttpFailure(500, "internal", "the controller failed; its log says why");
}
