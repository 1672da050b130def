import { once } from "node:events";
import type { Server as HttpServer } from "node:http";
import type { Server } from "node:net";

/** The address cannot be listened on; one sentence. */
class ListenFailed extends Error {
  readonly code = "LISTEN_FAILED";

  constructor(address: string, options: { readonly cause: unknown }) {
    super(`cannot listen on ${address}: ${reasonOf(options.cause)}`, options);
    this.name = "ListenFailed";
  }
}

export async function listen(
  server: Server,
  address: { readonly host: string; readonly port: number },
): Promise<void> {
  server.listen(address);
  try {
    await once(server, "listening");
  } catch (cause) {
    throw new ListenFailed(`${address.host}:${address.port}`, { cause });
  }
}

/**
 * Takes no new connection and closes the idle ones, the others as they become idle; after `graceMs` all of them.
 * Resolves when none is left.
 */
export async function close(server: HttpServer, graceMs: number): Promise<void> {
  const closed = once(server, "close");
  server.close();
  // A connection that has just been answered counts as idle only now, and would stay for its keep-alive time.
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const grace = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(idle);
  clearTimeout(grace);
}

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? cause.code : "";
  if (code === "EADDRINUSE") return "another process listens there";
  if (code === "EACCES") return "this user may not use that port";
  return cause instanceof Error ? cause.message : String(cause);
}
