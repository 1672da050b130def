import type { ParseReason } from "../http1/parse-failure.ts";

export interface MalformedRequest {
  readonly what: string;
  readonly sent: string;
  readonly status: number;
  readonly reason: ParseReason;
}

/** Payload that a request of `malformedRequests` may have at most: the limit that they are sent to. */
export const maxBodyBytes = 1000;

/** How those requests begin whose body alone is malformed. */
export const chunkedHead = "POST / HTTP/1.1\r\nHost: backend\r\nTransfer-Encoding: chunked\r\n\r\n";

/** A request behind each of them, which must reach nobody. */
const smuggled = "GET /smuggled HTTP/1.1\r\nHost: backend\r\n\r\n";

const starts: Row[] = [
  ["a space before the method", " GET / HTTP/1.1", 400, "request-line"],
  ["an empty line too many", "\r\n\r\nGET / HTTP/1.1", 400, "request-line"],
  ["TLS on a plain port", "\x16\x03\x01\x02\x00\x01\x00", 400, "control-character"],
  ["a separator in the method", "G@T / HTTP/1.1", 400, "method"],
  ["NUL in the target", "GET /\x00 HTTP/1.1", 400, "control-character"],
  ["a byte above ASCII in the target", "GET /\x80 HTTP/1.1", 400, "request-target"],
  ["a fragment in the target", "GET /#f HTTP/1.1", 400, "request-target"],
  ["two spaces", "GET  / HTTP/1.1", 400, "request-target"],
  ["a tab for a space", "GET\t/ HTTP/1.1", 400, "method"],
  ["a target of no form", "GET backend HTTP/1.1", 400, "request-target"],
  ["the asterisk without OPTIONS", "GET * HTTP/1.1", 400, "request-target"],
  ["CONNECT to a port that cannot be", "CONNECT 127.0.0.1:99999 HTTP/1.1", 400, "request-target"],
  ["HTTP/0.9", "GET /", 505, "http-0.9"],
  ["a version to come", "GET / HTTP/1.2", 505, "unknown-version"],
  ["another version", "GET / HTTP/3.0", 505, "unknown-version"],
  ["a version in small letters", "GET / http/1.1", 400, "request-line"],
  ["a space behind the version", "GET / HTTP/1.1 ", 400, "request-line"],
  ["an over-long target", `GET /${"x".repeat(17_000)} HTTP/1.1`, 431, "line-too-long"],
];

const heads: Row[] = [
  ["LF alone", "X: y\nX: z", 400, "bare-lf"],
  ["CR alone", "X: y\rX: z", 400, "bare-cr"],
  ["a folded field", "X: a\r\n b", 400, "obs-fold"],
  ["a field folded with a tab", "X: a\r\n\tb", 400, "obs-fold"],
  ["NUL in a value", "X: a\x00", 400, "control-character"],
  ["a control in a value", "X: a\x1fb", 400, "control-character"],
  ["DEL in a value", "X: \x7f", 400, "control-character"],
  ["a space before the colon", "X : a", 400, "space-before-colon"],
  ["no colon", "X", 400, "no-colon"],
  ["no name", ": a", 400, "field-name"],
  ["a separator in a name", "X(y): a", 400, "field-name"],
  ["a byte above ASCII in a name", "X\xe9: a", 400, "field-name"],
  ["two Hosts", "Host: backend", 400, "many-hosts"],
  ["an over-long line", `X: ${"y".repeat(17_000)}`, 431, "line-too-long"],
  ["an over-large head", `X: ${"y".repeat(900)}\r\n`.repeat(80).slice(0, -2), 431, "head-too-large"],
  ["too many fields", "X: y\r\n".repeat(250).slice(0, -2), 431, "too-many-fields"],
];

const hosts: Row[] = [
  ["no Host", "", 400, "no-host"],
  ["an empty Host", "Host:\r\n", 400, "host"],
  ["a list of hosts", "Host: a, b\r\n", 400, "host"],
  ["a user in Host", "Host: u@backend\r\n", 400, "host"],
  ["a path in Host", "Host: backend/x\r\n", 400, "host"],
  ["a port that cannot be", "Host: 127.0.0.1:65536\r\n", 400, "host"],
];

const framings: Row[] = [
  [
    "TE with CL",
    "Transfer-Encoding: chunked\r\nContent-Length: 3",
    400,
    "transfer-encoding-and-content-length",
  ],
  [
    "CL with TE",
    "Content-Length: 3\r\nTransfer-Encoding: chunked",
    400,
    "transfer-encoding-and-content-length",
  ],
  [
    "CL with an unknown TE",
    "Content-Length: 3\r\nTransfer-Encoding: x",
    400,
    "transfer-encoding-and-content-length",
  ],
  ["two lengths", "Content-Length: 3\r\nContent-Length: 4", 400, "many-content-lengths"],
  ["one length twice", "Content-Length: 3\r\nContent-Length: 3", 400, "many-content-lengths"],
  ["a list of lengths", "Content-Length: 3, 3", 400, "content-length"],
  ["a signed length", "Content-Length: +3", 400, "content-length"],
  ["a negative length", "Content-Length: -3", 400, "content-length"],
  ["a spaced length", "Content-Length: 3 3", 400, "content-length"],
  ["a hexadecimal length", "Content-Length: 0x3", 400, "content-length"],
  ["a length beyond numbers", `Content-Length: ${"9".repeat(20)}`, 400, "content-length"],
  ["no length", "Content-Length:", 400, "content-length"],
  ["more than may be", "Content-Length: 1001", 413, "body-too-large"],
  ["an unknown coding", "Transfer-Encoding: foo", 501, "unknown-transfer-coding"],
  ["an unknown coding, then chunked", "Transfer-Encoding: gzip, chunked", 501, "unknown-transfer-coding"],
  ["chunked not last", "Transfer-Encoding: chunked, gzip", 400, "transfer-encoding"],
  ["chunked twice", "Transfer-Encoding: chunked, chunked", 400, "transfer-encoding"],
  [
    "chunked in two fields",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
    400,
    "transfer-encoding",
  ],
  ["chunked in disguise", "Transfer-Encoding: xchunked", 400, "transfer-encoding"],
  ["chunked in quotes", 'Transfer-Encoding: "chunked"', 400, "transfer-encoding"],
  ["an empty coding", "Transfer-Encoding:", 400, "transfer-encoding"],
];

const chunks: Row[] = [
  ["a size that is no number", "zz\r\n", 400, "chunk-size"],
  ["no size", "\r\n", 400, "chunk-size"],
  ["a signed size", "+3\r\nabc\r\n", 400, "chunk-size"],
  ["a prefixed size", "0x3\r\nabc\r\n", 400, "chunk-size"],
  ["a space behind a size", "3 \r\nabc\r\n", 400, "chunk-size"],
  ["LF behind a size", "3\nabc\r\n", 400, "chunk-size"],
  ["a size beyond numbers", "fffffffffffffffff\r\n", 400, "chunk-size"],
  ["LF in an extension", "3;a\nb\r\nabc\r\n", 400, "chunk-extension"],
  ["an extension without a name", "3;\r\nabc\r\n", 400, "chunk-extension"],
  ["a chunk longer than it says", "3\r\nabcd\r\n", 400, "chunk-end"],
  ["LF behind a chunk", "3\r\nabc\n0\r\n\r\n", 400, "chunk-end"],
  ["more chunks than may be", `3e8\r\n${"x".repeat(1000)}\r\n1\r\nx\r\n`, 413, "body-too-large"],
  ["a length in the trailers", "0\r\nContent-Length: 3\r\n\r\n", 400, "trailer"],
  ["a coding in the trailers", "0\r\nTransfer-Encoding: chunked\r\n\r\n", 400, "trailer"],
  ["a folded trailer", "0\r\nX: a\r\n b\r\n\r\n", 400, "obs-fold"],
  ["LF behind a trailer", "0\r\nX: a\n\r\n", 400, "bare-lf"],
  ["an over-long trailer", `0\r\nX: ${"y".repeat(17_000)}\r\n\r\n`, 431, "line-too-long"],
];

type Row = readonly [what: string, part: string, status: number, reason: ParseReason];

/** Every way of the reference for a request to be malformed, with what it is answered and counted as. */
export const malformedRequests: readonly MalformedRequest[] = [
  ...starts.map(built((start) => `${start}\r\nHost: backend\r\n\r\n`)),
  ...heads.map(built((fields) => `GET / HTTP/1.1\r\nHost: backend\r\n${fields}\r\n\r\n`)),
  ...hosts.map(built((host) => `GET / HTTP/1.1\r\n${host}\r\n`)),
  ...framings.map(built((fields) => `POST / HTTP/1.1\r\nHost: backend\r\n${fields}\r\n\r\n0\r\n\r\n`)),
  ...chunks.map(built((body) => chunkedHead + body)),
  {
    what: "chunked in HTTP/1.0",
    sent: `POST / HTTP/1.0\r\nHost: backend\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    status: 400,
    reason: "transfer-encoding-in-1.0",
  },
  {
    what: "CONNECT with a body",
    sent: `CONNECT backend:80 HTTP/1.1\r\nHost: backend\r\nContent-Length: 3\r\n\r\nabc${smuggled}`,
    status: 400,
    reason: "connect",
  },
];

function built(message: (part: string) => string): (row: Row) => MalformedRequest {
  return ([what, part, status, reason]) => ({ what, sent: message(part) + smuggled, status, reason });
}
