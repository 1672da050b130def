import { nodePeer } from "./node-peer.ts";

export const fastifyHttpProxy = nodePeer(
  "@fastify/http-proxy",
  new URL("fastify-http-proxy-process.ts", import.meta.url),
);
