import { Fields } from "../http1/fields.ts";
import type { Framing } from "../http1/framing.ts";
import type { HttpLimits } from "../http1/limits.ts";
import { ParseFailure } from "../http1/parse-failure.ts";
import { checkMethod, checkTarget, isAuthority, type RequestHead } from "../http1/request-head.ts";

/**
 * The head of a request of HTTP/2 in the form of HTTP/1.1: `:authority` as Host, crumbs of cookies joined (RFC 9113
 * 8.2.3, 8.3.1). nghttp2 has refused what RFC 9113 8.2 calls malformed; this holds it to the rules that a request
 * of HTTP/1.1 is held to, so that neither can be used to get around the other. Throws ParseFailure.
 */
export function readRequestHead(list: readonly string[], limits: HttpLimits): RequestHead {
  const pseudo: Record<string, string> = {};
  const fields = new Fields();
  const host: string[] = [];
  const cookies: string[] = [];
  let bytes = 0;
  for (let i = 0; i + 1 < list.length; i += 2) {
    const name = list[i] as string;
    const value = list[i + 1] as string;
    const lineBytes = name.length + value.length + 2;
    if (lineBytes > limits.maxLineBytes) throw new ParseFailure("line-too-long", "a field is too long");
    bytes += lineBytes + 2;
    if (name.charCodeAt(0) === 0x3a) pseudo[name] = value;
    else if (name === "host") host.push(value);
    else if (name === "cookie") cookies.push(value);
    else fields.add(name, value);
  }
  if (bytes > limits.maxHeadBytes) throw new ParseFailure("head-too-large", "the head is too large");
  if (fields.length + cookies.length > limits.maxFields)
    throw new ParseFailure("too-many-fields", "too many fields");
  if (cookies.length > 0) fields.add("cookie", cookies.join("; "));
  if (host.length > 1) throw new ParseFailure("many-hosts", "more than one Host");
  fields.add("host", readAuthority(pseudo[":authority"], host[0]));
  const method = pseudo[":method"] ?? "";
  const target = method === "CONNECT" ? (pseudo[":authority"] ?? "") : (pseudo[":path"] ?? "");
  checkMethod(method);
  checkTarget(method, target);
  // An absolute form would name the authority a second time.
  if (method !== "CONNECT" && target.charCodeAt(0) !== 0x2f && target !== "*")
    throw new ParseFailure("request-target", ":path is not of origin form (RFC 9113 8.3.1)");
  return { method, target, minorVersion: 1, fields };
}

/** `:authority` and Host may not disagree (RFC 9113 8.3.1). */
function readAuthority(authority: string | undefined, host: string | undefined): string {
  const named = authority ?? host;
  if (named === undefined || named === "")
    throw new ParseFailure("no-host", "the request has neither :authority nor Host");
  if (host !== undefined && host.toLowerCase() !== named.toLowerCase())
    throw new ParseFailure("host", "Host is not what :authority says");
  if (!isAuthority(named)) throw new ParseFailure("host", ":authority is not host or host:port");
  return named;
}

/** How long a body is: nghttp2 holds its sender to the length. `ended`: the head was all. */
export function framingOf(fields: Fields, ended: boolean): Framing {
  if (ended) return { kind: "none" };
  const length = fields.get("content-length");
  return length === undefined ? { kind: "chunked" } : { kind: "length", length: Number(length) };
}
