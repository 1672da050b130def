import type { AddressInfo } from "node:net";
import proxy from "@fastify/http-proxy";
import { fastify } from "fastify";

const server = fastify({ logger: false, bodyLimit: 2 ** 30 });
await server.register(proxy, { upstream: `http://127.0.0.1:${process.argv[2]}` });
await server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 });
process.once("disconnect", () => process.exit());
process.send?.((server.server.address() as AddressInfo).port);
