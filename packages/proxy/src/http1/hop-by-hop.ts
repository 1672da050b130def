import { type Fields, listMembers } from "./fields.ts";

/** Fields that are about one connection and end here (RFC 9110 7.6.1). Transfer-Encoding stays: bodies pass as framed. */
const hopByHop: ReadonlySet<string> = new Set([
  "connection",
  "proxy-connection",
  "keep-alive",
  "te",
  "upgrade",
  "http2-settings",
  "proxy-authorization",
]);

/** What no peer may have removed by naming it in Connection: without them the message would mean another. */
const kept: ReadonlySet<string> = new Set(["host", "content-length", "transfer-encoding", "trailer"]);

const nothing: ReadonlySet<string> = new Set();

/** Lower-case names that the message's own Connection fields name. */
export function namedInConnection(fields: Fields): ReadonlySet<string> {
  const connection = fields.list("connection");
  if (connection === undefined) return nothing;
  const names = listMembers(connection);
  if (names.length === 1 && (names[0] === "close" || names[0] === "keep-alive")) return nothing;
  return new Set(names.filter((name) => !kept.has(name)));
}

/**
 * Takes off what the sender named in Connection. Done where a request comes in: fields of the same name that are
 * added on its way are not the sender's to take off. TE and Upgrade stay to be read, and end with `endsHere`.
 */
export function removeNamedInConnection(fields: Fields): void {
  for (const key of namedInConnection(fields)) if (!hopByHop.has(key)) fields.remove(key);
}

/** Whether a field ends at this hop. */
export function endsHere(key: string, named: ReadonlySet<string> = nothing): boolean {
  return hopByHop.has(key) || (named.size > 0 && named.has(key));
}

/**
 * The protocol that the message asks to change to; undefined when it asks for none. `h2c` counts as none: the
 * upgraded bytes would pass unread under every policy.
 */
export function upgradeOf(fields: Fields): string | undefined {
  const upgrade = fields.list("upgrade");
  if (upgrade === undefined || !namedInConnection(fields).has("upgrade")) return undefined;
  return listMembers(upgrade).some((protocol) => protocol.startsWith("h2c")) ? undefined : upgrade;
}

/** Whether the sender lets the connection live on after this message (RFC 9112 9.3). */
export function keepsAlive(minorVersion: 0 | 1, fields: Fields): boolean {
  const connection = fields.list("connection");
  if (connection === undefined) return minorVersion === 1;
  const options = listMembers(connection);
  return minorVersion === 1 ? !options.includes("close") : options.includes("keep-alive");
}
