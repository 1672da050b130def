import { Agent } from "node:http";

/**
 * The way to the other services: by the HTTP proxy, where the environment names one. `NODE_USE_ENV_PROXY=1` would do
 * the same for the whole of Node, and load all of fetch for it, some 16 MB in each of the shop's processes.
 */
export function createOutgoingAgent(proxy: string | undefined): Agent {
  return new Agent({
    keepAlive: true,
    scheduling: "lifo",
    timeout: 5_000,
    ...(proxy === undefined ? {} : { proxyEnv: { HTTP_PROXY: proxy } }),
  });
}
