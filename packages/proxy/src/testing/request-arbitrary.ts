import fc from "fast-check";
import { body, plainField, type WireCase, weighted, wireCase } from "./message-arbitrary.ts";

const start = weighted(
  [
    ...["GET /", "POST /a?b=c", "PUT /%20/../x", "HEAD /", "DELETE /a?b?c/d;e", "PATCH //x", "OPTIONS *"],
    ...["GET http://backend/x", "POST http://backend", "OPTIONS http://backend?q", "CONNECT backend:80"],
  ],
  [
    ...[
      "get /",
      "G@T /",
      " /",
      "GET\t/",
      "GET  /",
      "PRI *",
      "GE T /",
      "G\x00T /",
      "GET *",
      "CONNECT /",
      "GET backend:80",
    ],
    ...[
      "GET ",
      "GET a",
      "GET /a b",
      "GET /\x80",
      "GET /#f",
      "GET /\t",
      "GET http:///x",
      "GET /\x7f",
      "GET https://u@b/",
    ],
  ],
);
const version = weighted(
  ["HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0"],
  [
    "HTTP/0.9",
    "HTTP/2.0",
    "HTTP/1.2",
    "http/1.1",
    "HTTP/1",
    "HTTP/1.11",
    "HTTP/+1.1",
    "ICY/1.1",
    "",
    "HTTP/1.1 ",
  ],
);
const host = weighted(
  ["Host: backend", "hOST:backend", "Host:  backend:80 \t", "Host: [::1]:80"],
  [
    "",
    "Host: a\r\nHost: a",
    "Host : a",
    "Host: a, b",
    "Host:",
    "Host: a b",
    "Host: a/b",
    "Host: u@a",
    " Host: a",
  ],
);
const request = fc
  .record({
    before: weighted(["", "", "", "\r\n"], ["\n", "\r", " ", "\r\n\r\n"]),
    start: fc.tuple(start, weighted([" "], ["  ", "\t", ""]), version),
    host,
    fields: fc.array(plainField, { maxLength: 3 }),
    body,
    first: fc.boolean(),
    end: weighted(["\r\n"], ["\n", "\r", "", "\r\r\n"]),
  })
  .map(({ before, start, host, fields, body, first, end }) => {
    const lines = first ? [...body.fields, host, ...fields] : [host, ...fields, ...body.fields];
    const named = lines.filter((line) => line !== "");
    return `${before}${start.join("")}\r\n${named.map((line) => `${line}\r\n`).join("")}${end}${body.bytes}`;
  });

/** One to three requests, well formed and malformed in every way that the tables of malformed cases know. */
export const requestCase: fc.Arbitrary<WireCase> = wireCase(
  fc
    .tuple(
      fc.array(request, { minLength: 1, maxLength: 2 }),
      fc.constantFrom("", "GET /last HTTP/1.1\r\nHost: backend\r\n\r\n"),
    )
    .map(([requests, last]) => [...requests, last]),
);
