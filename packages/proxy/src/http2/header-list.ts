import { isGrpc } from "../grpc/is-grpc.ts";
import { Fields, listMembers } from "../http1/fields.ts";
import type { Framing } from "../http1/framing.ts";
import { namedInConnection } from "../http1/hop-by-hop.ts";

/** Fields of one connection of HTTP/1.1, which no message of HTTP/2 may have (RFC 9113 8.2.2). */
const connectionSpecific: ReadonlySet<string> = new Set([
  "connection",
  "proxy-connection",
  "keep-alive",
  "transfer-encoding",
  "te",
  "upgrade",
  "http2-settings",
  "proxy-authorization",
]);

/** What tells where a message goes or ends is no matter of trailers (RFC 9110 6.5.1). */
const notInTrailers: ReadonlySet<string> = new Set(["content-length", "host", "trailer", "content-type"]);

/**
 * A request head as names and values in turn, in lower case, Host as `:authority`. What the caller named in
 * Connection was taken off when it came in.
 */
export function requestList(
  { method, target, fields }: { method: string; target: string; fields: Fields },
  scheme: "http" | "https",
): string[] {
  const list = [":method", method, ":scheme", scheme];
  const host = fields.get("host");
  if (host !== undefined) list.push(":authority", host);
  list.push(":path", target);
  for (const [name, value] of fields) {
    const key = name.toLowerCase();
    if (key !== "host" && !connectionSpecific.has(key)) list.push(key, value);
  }
  const te = fields.list("te");
  if (te !== undefined && listMembers(te).includes("trailers")) list.push("te", "trailers");
  return list;
}

/** A response head in the same form; what an upstream of HTTP/1.1 named in Connection stays behind. */
export function responseList(status: number, fields: Fields): string[] {
  const named = namedInConnection(fields);
  const list = [":status", `${status}`];
  for (const [name, value] of fields) {
    const key = name.toLowerCase();
    if (!connectionSpecific.has(key) && !named?.includes(key)) list.push(key, value);
  }
  return list;
}

/** The same as an object with lists for names that come more than once, as trailers and interim heads are given. */
export function headerObject(
  fields: Fields,
  without?: ReadonlySet<string>,
): Record<string, string | string[]> {
  const object: Record<string, string | string[]> = {};
  for (const [name, value] of fields) {
    const key = name.toLowerCase();
    if (connectionSpecific.has(key) || without?.has(key)) continue;
    const before = object[key];
    object[key] = before === undefined ? value : [before, value].flat();
  }
  return object;
}

export function trailerObject(trailers: Fields): Record<string, string | string[]> {
  return headerObject(trailers, notInTrailers);
}

/**
 * Whether trailers may follow a response. To be ready for them costs a turn of the event loop and a frame, so a body
 * of known length has them only where it is announced, or in gRPC, which always ends with them.
 */
export function mayHaveTrailers(framing: Framing, response: Fields, request: Fields): boolean {
  return framing.kind !== "length" || response.has("trailer") || isGrpc(request);
}

/** Fields from names and values in turn, pseudo fields left out. */
export function fieldsOf(list: readonly string[]): Fields {
  const fields = new Fields();
  for (let i = 0; i + 1 < list.length; i += 2) {
    const name = list[i] as string;
    if (name.charCodeAt(0) !== 0x3a) fields.add(name, list[i + 1] as string);
  }
  return fields;
}

/** Trailers that came, without what may be no trailer. */
export function trailersOf(list: readonly string[]): Fields {
  const fields = fieldsOf(list);
  for (const key of [...notInTrailers, ...connectionSpecific]) fields.remove(key);
  return fields;
}
