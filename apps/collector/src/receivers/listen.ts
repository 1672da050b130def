import { once } from "node:events";
import type { Server } from "node:http";

/** The address cannot be listened on; one sentence. */
export class ListenFailed extends Error {
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

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? cause.code : "";
  if (code === "EADDRINUSE") return "another process listens there";
  if (code === "EACCES") return "this user may not use that port";
  return cause instanceof Error ? cause.message : String(cause);
}
