import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** The address to serve on cannot be had. One sentence that says why. */
class CannotListen extends Error {
  readonly code = "CANNOT_LISTEN";

  constructor(host: string, port: number, cause: unknown) {
    super(`cannot listen on ${host}:${port}: ${reasonOf(cause)}`, { cause });
    this.name = "CannotListen";
  }
}

/** Resolves with the port once connections are accepted; port 0 takes any free one. */
export async function listen(
  server: Server,
  { host, port }: { host: string; port: number },
): Promise<number> {
  try {
    server.listen({ host, port });
    await once(server, "listening");
  } catch (error) {
    throw new CannotListen(host, port, error);
  }
  return (server.address() as AddressInfo).port;
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") return "another process has that port";
  if (code === "EACCES") return "this user may not use that port";
  if (code === "EADDRNOTAVAIL") return "this machine has no such address";
  return message;
}
