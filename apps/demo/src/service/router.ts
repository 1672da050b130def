import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { HttpError } from "./http-error.ts";

export type ServiceRequest = {
  method: string;
  path: string;
  params: Record<string, string>;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** Address of the peer on the socket. */
  remoteAddress: string;
  /** The body as JSON or an HTML form, read once. @throws HttpError 400, 413, 415 */
  body(): Promise<unknown>;
};

/** `json` is serialized, `text` sent as it is (say its content-type), `stream` takes the response over. */
export type Answer = { status?: number; headers?: Record<string, string> } & (
  | { json: unknown }
  | { text: string }
  | { stream: (response: ServerResponse) => void }
);

export type Handler = (request: ServiceRequest) => Answer | Promise<Answer>;

/** `"GET /products/:sku"` -> handler. */
export type Routes = Record<string, Handler>;

export type Match = { handler: Handler; params: Record<string, string> };

/** Finds the handler of a request. HEAD is served by GET. @throws HttpError 404, or 405 with what is allowed */
export function createRouter(routes: Routes): (method: string, path: string) => Match {
  const table = Object.entries(routes).map(([route, handler]) => {
    const [method = "", path = ""] = route.split(" ");
    return { method, segments: path.split("/"), handler };
  });

  return (method, path) => {
    const segments = path.split("/");
    const allowed: string[] = [];
    for (const route of table) {
      const params = matchSegments(route.segments, segments);
      if (!params) continue;
      if (route.method === method || (method === "HEAD" && route.method === "GET")) {
        return { handler: route.handler, params };
      }
      allowed.push(route.method);
    }
    if (allowed.length === 0) throw new HttpError(404, "not-found", `there is nothing at ${path}`);
    throw new HttpError(405, "method-not-allowed", `${method} is not possible here`, { allowed });
  };
}

function matchSegments(pattern: string[], segments: string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? "";
    if (part.startsWith(":")) {
      const value = decode(segment);
      if (!value) return undefined;
      params[part.slice(1)] = value;
    } else if (part !== segment) return undefined;
  }
  return params;
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined; // a broken percent escape names nothing
  }
}
