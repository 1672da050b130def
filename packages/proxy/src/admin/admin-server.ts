import { Fields } from "../http1/fields.ts";
import type { CallerStream } from "../stream/caller-stream.ts";

export interface AdminPage {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** What the sidecar shows, by path; asked at each request. Must not reject. */
export type AdminPages = Readonly<Record<string, () => AdminPage | Promise<AdminPage>>>;

/** Serves the admin port: GET and HEAD on the pages, on the same HTTP/1.1 engine as the request path. */
export function serveAdmin(pages: AdminPages): (stream: CallerStream) => Promise<void> {
  return async (stream) => {
    const { method, target } = stream.head;
    const path = target.split("?", 1)[0] ?? "";
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
    if (page === undefined)
      give(stream, plain(404, `there is nothing at ${path}; try ${Object.keys(pages).join(", ")}`));
    else if (method !== "GET" && method !== "HEAD")
      give(stream, plain(405, `${method} is not allowed here; use GET`));
    else give(stream, await page());
  };
}

export function plain(status: number, line: string): AdminPage {
  return { status, contentType: "text/plain; charset=utf-8", body: `${line}\n` };
}

export function asJson(value: unknown): AdminPage {
  return { status: 200, contentType: "application/json", body: `${JSON.stringify(value, undefined, 2)}\n` };
}

const reasons: Record<number, string> = {
  200: "OK",
  404: "Not Found",
  405: "Method Not Allowed",
  503: "Service Unavailable",
};

function give(stream: CallerStream, { status, contentType, body }: AdminPage): void {
  const bytes = Buffer.from(body);
  const fields = new Fields();
  fields.add("content-type", contentType);
  fields.add("content-length", `${bytes.length}`);
  fields.add("cache-control", "no-store");
  if (status === 405) fields.add("allow", "GET, HEAD");
  const head = { status, reason: reasons[status] ?? "Error", minorVersion: 1, fields } as const;
  stream.respond(head, { kind: "length", length: bytes.length });
  if (stream.head.method !== "HEAD") stream.body(bytes);
  stream.finish();
}
