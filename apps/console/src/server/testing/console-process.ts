import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { answerTrpc } from "../answer-trpc.ts";
import { resources } from "../resources.ts";
import { startConsole } from "../start-console.ts";
import { answerApi } from "./answer-api.ts";

/**
 * The console's server without its pages: what answers at `/api/trpc` and `/api/v1`, on a bare HTTP server in the place
 * of Next's. Tells its port. Arguments: what time it is, in milliseconds since 1970, so that its clock stands where the
 * data is, or `now`; and a port, where it must be a certain one.
 */
const startedAt = performance.now();
const [, , time, port] = process.argv;
const now = time === "now" ? Date.now : () => Number(time) + performance.now() - startedAt;

await startConsole();
const server = createServer(async (incoming, outgoing) => {
  const left = new AbortController();
  outgoing.once("close", () => left.abort());
  const headers = new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  const url = `http://${incoming.headers.host}${incoming.url}`;
  const body = incoming.method === "POST" && {
    method: "POST",
    body: Readable.toWeb(incoming),
    duplex: "half",
  };
  const request = new Request(url, { headers, signal: left.signal, ...body } as RequestInit);
  const kept = { ...resources(), now };
  const isApi = incoming.url?.startsWith("/api/v1/");
  const response = isApi
    ? await answerApi(request, { ...kept, author: kept.settings.author, sameOrigin: false })
    : await answerTrpc(request, kept);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  const chunks: AsyncIterable<Uint8Array> | Iterable<never> = response.body ?? [];
  await pipeline(chunks, outgoing).catch(() => {}); // the page has gone
});
server.listen(Number(port ?? 0), "127.0.0.1");
await once(server, "listening");
process.send?.((server.address() as AddressInfo).port);
