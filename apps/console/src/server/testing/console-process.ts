import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";
import { answerTrpc } from "../answer-trpc.ts";
import { resources } from "../resources.ts";
import { startConsole } from "../start-console.ts";

/**
 * The console's server without its pages: what answers at `/api/trpc`, on a bare HTTP server in the place of Next's.
 * Tells its port. Its clock stands where the data is; the argument is milliseconds since 1970.
 */
const startedAt = performance.now();
const now = () => Number(process.argv[2]) + performance.now() - startedAt;

await startConsole();
const server = createServer(async (incoming, outgoing) => {
  const left = new AbortController();
  outgoing.once("close", () => left.abort());
  const headers = new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  const url = `http://${incoming.headers.host}${incoming.url}`;
  const request = new Request(url, { headers, signal: left.signal });
  const response = await answerTrpc(request, { ...resources(), now });
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  const chunks: AsyncIterable<Uint8Array> | Iterable<never> = response.body ?? [];
  await pipeline(chunks, outgoing).catch(() => {}); // the page has gone
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
process.send?.((server.address() as AddressInfo).port);
