import { once } from "node:events";
import { createServer } from "node:net";
import { type ListenAddress, ListenFailed } from "../http1/http-listener.ts";

/**
 * Finds out before any worker starts whether its port can be had. Ports that are to be shared could be opened beside
 * those of a stranger who shares too, and then both would get a part of each other's requests: so each port is first
 * opened for a moment without sharing it. Rejects with ListenFailed.
 */
export async function probePort(what: string, address: ListenAddress): Promise<void> {
  await open(what, { ...address, reusePort: false });
  await open(what, { ...address, port: 0, reusePort: true });
}

async function open(what: string, address: ListenAddress): Promise<void> {
  const server = createServer();
  try {
    server.listen(address);
    await once(server, "listening");
  } catch (cause) {
    throw new ListenFailed(what, address, cause);
  }
  server.close();
  await once(server, "close");
}
