import { once } from "node:events";
import { Agent, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createProxyServer } from "http-proxy-3";

const target = `http://127.0.0.1:${process.argv[2]}`;
const proxy = createProxyServer({ target, agent: new Agent({ keepAlive: true, maxFreeSockets: 256 }) });
proxy.on("error", (_error, _request, response) => response.destroy());
const server = createServer((request, response) => proxy.web(request, response));
server.listen(0, "127.0.0.1", 4096);
await once(server, "listening");
process.once("disconnect", () => process.exit());
process.send?.((server.address() as AddressInfo).port);
