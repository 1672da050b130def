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

/** Body of a request: none unless a length is given or it is chunked. Throws ParseFailure. */
export function requestFraming(head: RequestHead): Framing {
  return explicitFraming(head.fields, head.minorVersion) ?? none;
}

/** Body of a response to `method`: HEAD, 1xx, 204 and 304 have none, whatever their fields say. */
export function responseFraming(head: ResponseHead, method: string): Framing {
  const { status } = head;
  const explicit = explicitFraming(head.fields, head.minorVersion);
  if (method === "HEAD" || status < 200 || status === 204 || status === 304) return none;
  return explicit ?? untilClose;
}

function explicitFraming(fields: Fields, minorVersion: 0 | 1): Framing | undefined {
  const { keys, values } = fields;
  const coding = keys.indexOf("transfer-encoding");
  const length = keys.indexOf("content-length");
  if (coding >= 0) {
    if (length >= 0)
      throw new ParseFailure(
        "transfer-encoding-and-content-length",
        "both Transfer-Encoding and Content-Length (RFC 9112 6.3)",
      );
    if (minorVersion === 0)
      throw new ParseFailure("transfer-encoding-in-1.0", "Transfer-Encoding in HTTP/1.0 (RFC 9112 6.1)");
    if (keys.indexOf("transfer-encoding", coding + 1) >= 0 || values[coding]?.toLowerCase() !== "chunked")
      throw new ParseFailure("transfer-encoding", "a Transfer-Encoding other than one chunked");
    return chunked;
  }
  if (length < 0) return undefined;
  if (keys.indexOf("content-length", length + 1) >= 0)
    throw new ParseFailure("many-content-lengths", "more than one Content-Length");
  const digits = values[length] ?? "";
  // Fifteen digits stay exact in a double; nothing real is longer.
  if (!/^\d{1,15}$/.test(digits))
    throw new ParseFailure("content-length", "Content-Length is not one plain number");
  const bytes = Number(digits);
  return bytes === 0 ? none : { kind: "length", length: bytes };
}
