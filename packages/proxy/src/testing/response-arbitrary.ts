import fc from "fast-check";
import { body, plainField, type WireCase, weighted, wireCase } from "./message-arbitrary.ts";

const statusLine = weighted(
  [
    ...[
      "HTTP/1.1 200 OK",
      "HTTP/1.1 200 OK",
      "HTTP/1.1 200 ",
      "HTTP/1.1 200",
      "HTTP/1.0 200 OK",
      "HTTP/1.1 404 Not  Found",
    ],
    ...[
      "HTTP/1.1 204 No Content",
      "HTTP/1.1 304 Not Modified",
      "HTTP/1.1 205 Reset",
      "HTTP/1.1 503 \xff\t",
      "HTTP/1.1 999 x",
    ],
  ],
  [
    ...[
      "HTTP/2.0 200 OK",
      "HTTP/0.9 200 OK",
      "HTTP/1.1  200 OK",
      "HTTP/1.1 20 OK",
      "HTTP/1.1 2000 OK",
      "HTTP/1.1 +20 OK",
    ],
    ...[
      "ICY 200 OK",
      "HTTP/1.1200 OK",
      "HTTP/1.1 200OK",
      "HTTP/1.1 099 x",
      "http/1.1 200 OK",
      " HTTP/1.1 200 OK",
      "",
    ],
    ...["HTTP/1.1 200\tOK", "HTTP/1.1 200 O\x00K", "HTTP/1.1 200 O\rK", "HTTP/1.1 101 Switching Protocols"],
  ],
);
const interim = fc.constantFrom(
  ...["HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"],
  ...["HTTP/1.1 102 Processing\r\nX: a\r\n\r\n", "HTTP/1.1 100 Continue\r\nContent-Length: 3\r\n\r\n"],
  ...["HTTP/1.1 102 x\r\nTransfer-Encoding: chunked\r\n\r\n", "HTTP/1.0 100 Continue\r\n\r\n"],
);

const response = fc
  .record({
    interim: fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(interim, { maxLength: 2 }) },
    ),
    statusLine,
    fields: fc.array(plainField, { maxLength: 3 }),
    body,
    end: weighted(["\r\n"], ["\n", "\r", "", "\r\r\n"]),
  })
  .map(({ interim, statusLine, fields, body, end }) => {
    const lines = [statusLine, ...fields, ...body.fields].map((line) => `${line}\r\n`);
    return `${interim.join("")}${lines.join("")}${end}${body.bytes}`;
  });

/** The answer to one request, interim ones before it, sometimes with bytes behind it that nobody asked for. */
export const responseCase: fc.Arbitrary<WireCase> = wireCase(
  fc.tuple(response, weighted([""], ["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "x", "\r\n"])),
);
