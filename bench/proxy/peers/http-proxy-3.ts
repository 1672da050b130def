import { nodePeer } from "./node-peer.ts";

export const httpProxy3 = nodePeer("http-proxy-3", new URL("http-proxy-3-process.ts", import.meta.url));
