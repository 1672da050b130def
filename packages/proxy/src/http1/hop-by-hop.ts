import { FieldNames } from "./field-name.ts";
import { type Fields, listMembers } from "./fields.ts";

const ofOneConnection = [
  "connection",
  "proxy-connection",
  "keep-alive",
  "te",
  "upgrade",
  "http2-settings",
  "proxy-authorization",
];

/** Fields that are about one connection and end here (RFC 9110 7.6.1). Transfer-Encoding stays: bodies pass as framed. */
export const hopByHop = new FieldNames(ofOneConnection);

/** Those, and the coding of a body that goes on without it. */
export const hopByHopAndCoding = new FieldNames([...ofOneConnection, "transfer-encoding"]);

/** What no peer may have removed by naming it in Connection: without them the message would mean another. */
const kept: ReadonlySet<string> = new Set(["host", "content-length", "transfer-encoding", "trailer"]);

/** Lower-case names that the message's own Connection fields name; undefined where they name none. */
export function namedInConnection(fields: Fields): readonly string[] | undefined {
  const connection = fields.list("connection");
  if (connection === undefined || connection === "close" || connection === "keep-alive") return undefined;
  return listMembers(connection).filter((name) => !kept.has(name));
}

/**
 * Takes off what the sender named in Connection. Done where a message comes in: fields of the same name that are
 * added on its way are not the sender's to take off. TE and Upgrade stay to be read, and end where it goes out.
 */
export function removeNamedInConnection(fields: Fields): void {
  for (const key of namedInConnection(fields) ?? []) if (!hopByHop.hasKey(key)) fields.remove(key);
}

/**
 * The protocol that the message asks to change to; undefined when it asks for none. `h2c` counts as none: the
 * upgraded bytes would pass unread under every policy.
 */
export function upgradeOf(fields: Fields): string | undefined {
  const upgrade = fields.list("upgrade");
  if (upgrade === undefined || !namedInConnection(fields)?.includes("upgrade")) return undefined;
  return listMembers(upgrade).some((protocol) => protocol.startsWith("h2c")) ? undefined : upgrade;
}

/** Whether the sender lets the connection live on after this message (RFC 9112 9.3). */
export function keepsAlive(minorVersion: 0 | 1, fields: Fields): boolean {
  const connection = fields.list("connection");
  if (connection === undefined) return minorVersion === 1;
  // What nearly every peer says, so that it need not be taken apart.
  if (connection === "keep-alive") return true;
  if (connection === "close") return false;
  const options = listMembers(connection);
  return minorVersion === 1 ? !options.includes("close") : options.includes("keep-alive");
}
