import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createHttp1Upstream } from "./http1-upstream.ts";
import { createHttp2Upstream } from "./http2-upstream.ts";

/** What all peers of a run stand before: HTTP/1.1 on one port, HTTP/2 without TLS (gRPC too) on another. */
const servers = [createHttp1Upstream(), createHttp2Upstream()];
for (const server of servers) {
  server.listen(0, "127.0.0.1", 4096);
  await once(server, "listening");
}
const [http1, http2] = servers.map((server) => (server.address() as AddressInfo).port);
process.once("disconnect", () => process.exit());
process.send?.({ http1, http2 });
