import type { IncomingMessage, ServerResponse } from "node:http";
import { release, releaseHeader } from "@weir/domain/release";
import type { Registry } from "prom-client";

/** Whether a process can serve, and if not, why, in words for the person who asks. */
export type Readiness = { readonly ready: true } | { readonly ready: false; readonly reason: string };

export interface HealthSettings {
  readonly registry: Registry;
  readonly readiness: () => Readiness | Promise<Readiness>;
}

/** Answers the request when it is one about health; false leaves it to the caller, untouched. */
export type HealthHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * `GET /healthz` (alive: 200), `GET /readyz` (200, or 503 with the reason) and `GET /metrics` (Prometheus text) for
 * a `node:http` server, each with the release in a header. Other methods on these paths get 405.
 */
export function createHealthHandler(settings: HealthSettings): HealthHandler {
  const routes = new Map<string, () => Promise<Answer>>([
    ["/healthz", async () => text(200, "ok")],
    ["/readyz", async () => readinessAnswer(await settings.readiness())],
    [
      "/metrics",
      async () => ({
        status: 200,
        contentType: settings.registry.contentType,
        body: await settings.registry.metrics(),
      }),
    ],
  ]);
  return (request, response) => {
    const route = routes.get(request.url?.split("?", 1)[0] ?? "");
    if (!route) return false;
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("allow", "GET, HEAD");
      send(response, text(405, `${request.method} is not allowed here; use GET`));
      return true;
    }
    route().then(
      (answer) => send(response, answer),
      (error: unknown) => send(response, text(500, error instanceof Error ? error.message : String(error))),
    );
    return true;
  };
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

function readinessAnswer(readiness: Readiness): Answer {
  return readiness.ready ? text(200, "ready") : text(503, `not ready: ${readiness.reason}`);
}

function text(status: number, line: string): Answer {
  return { status, contentType: "text/plain; charset=utf-8", body: `${line}\n` };
}

function send(response: ServerResponse, { status, contentType, body }: Answer): void {
  response.writeHead(status, {
    "content-type": contentType,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    [releaseHeader]: release,
  });
  response.end(response.req.method === "HEAD" ? undefined : body);
}
