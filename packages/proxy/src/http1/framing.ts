import type { Fields } from "./fields.ts";
import { ParseFailure } from "./parse-failure.ts";
import type { RequestHead } from "./request-head.ts";
import type { ResponseHead } from "./response-head.ts";

/** How the length of a body is known (RFC 9112 6.3). `close`: it ends with the connection, responses only. */
export type Framing =
  | { readonly kind: "none" }
  | { readonly kind: "length"; readonly length: number }
  | { readonly kind: "chunked" }
  | { readonly kind: "close" };

const none: Framing = { kind: "none" };
const chunked: Framing = { kind: "chunked" };
const untilClose: Framing = { kind: "close" };

/**
 * Body of a request: none unless a length is given or it is chunked. A length beyond `maxBodyBytes` is refused before
 * a byte of it is read. Throws ParseFailure.
 */
export function requestFraming(head: RequestHead, maxBodyBytes = Number.POSITIVE_INFINITY): Framing {
  const framing = explicitFraming(head.fields, head.minorVersion) ?? none;
  if (framing.kind === "length" && framing.length > maxBodyBytes)
    throw new ParseFailure("body-too-large", `more than ${maxBodyBytes} bytes of body`);
  return framing;
}

/** Body of a response to `method`: HEAD, 1xx, 204 and 304 have none, whatever their fields say. */
export function responseFraming(head: ResponseHead, method: string): Framing {
  const { status } = head;
  const explicit = explicitFraming(head.fields, head.minorVersion);
  if (method === "HEAD" || status < 200 || status === 204 || status === 304) return none;
  return explicit ?? untilClose;
}

function explicitFraming(fields: Fields, minorVersion: 0 | 1): Framing | undefined {
  const coding = fields.get("transfer-encoding");
  const digits = fields.get("content-length");
  if (coding !== undefined) {
    if (digits !== undefined)
      throw new ParseFailure(
        "transfer-encoding-and-content-length",
        "both Transfer-Encoding and Content-Length (RFC 9112 6.3)",
      );
    if (minorVersion === 0)
      throw new ParseFailure("transfer-encoding-in-1.0", "Transfer-Encoding in HTTP/1.0 (RFC 9112 6.1)");
    if (fields.count("transfer-encoding") > 1 || coding.toLowerCase() !== "chunked")
      throw notChunked(fields.list("transfer-encoding") ?? "");
    return chunked;
  }
  if (digits === undefined) return undefined;
  if (fields.count("content-length") > 1)
    throw new ParseFailure("many-content-lengths", "more than one Content-Length");
  // Fifteen digits stay exact in a double; nothing real is longer.
  if (!/^\d{1,15}$/.test(digits))
    throw new ParseFailure("content-length", "Content-Length is not one plain number");
  const bytes = Number(digits);
  return bytes === 0 ? none : { kind: "length", length: bytes };
}

/**
 * A coding that exists but is not known here is a matter of what is implemented (RFC 9112 6.1), as long as there can
 * be no two opinions on where the body ends: chunked twice, not last, or in disguise is malformed (6.3).
 */
function notChunked(codings: string): ParseFailure {
  const members = codings.toLowerCase().split(/[ \t]*,[ \t]*/);
  if (members.at(-1) === "chunked") members.pop();
  return members.every((member) => codingName.test(member) && !member.includes("chunked"))
    ? new ParseFailure("unknown-transfer-coding", "no Transfer-Encoding but chunked is known here")
    : new ParseFailure("transfer-encoding", "a Transfer-Encoding other than one chunked");
}

/** A token; the parameters that some codings have are not taken apart. */
const codingName = /^[a-z0-9!#$%&'*+.^_`|~-]+$/;
