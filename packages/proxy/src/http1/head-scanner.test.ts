import fc from "fast-check";
import { expect, test } from "vitest";
import { HeadScanner } from "./head-scanner.ts";
import { defaultLimits } from "./limits.ts";
import { ParseFailure } from "./parse-failure.ts";
import { parseRequestHead, parseRequestLine } from "./request-head.ts";

const limits = { ...defaultLimits, maxLineBytes: 60, maxHeadBytes: 200, maxFields: 4 };

/** The outcome of feeding a head in pieces: what was parsed and what was left over, or why it was refused. */
function outcomeOf(pieces: readonly Buffer[]): unknown {
  const scanner = new HeadScanner(limits, parseRequestLine);
  try {
    for (const [index, piece] of pieces.entries()) {
      const end = scanner.push(piece, 0);
      if (!scanner.complete) continue;
      const { method, target, minorVersion, fields } = parseRequestHead(scanner);
      const rest = Buffer.concat([piece.subarray(end), ...pieces.slice(index + 1)]).toString("latin1");
      return { method, target, minorVersion, fields: [...fields], rest };
    }
    return "incomplete";
  } catch (error) {
    if (error instanceof ParseFailure) return error.reason;
    throw error;
  }
}

test("a head is taken apart, in order and in its letter case", () => {
  const head = "GET /a?b HTTP/1.1\r\nHost: shop\r\nX-Y:  two words\t\r\nempty:\r\n\r\nrest";
  expect(outcomeOf([Buffer.from(head)])).toEqual({
    method: "GET",
    target: "/a?b",
    minorVersion: 1,
    fields: [
      ["Host", "shop"],
      ["X-Y", "two words"],
      ["empty", ""],
    ],
    rest: "rest",
  });
});

test.each`
  sent                                                               | reason                  | why
  ${"GET / HTTP/1.1\nHost: a\n\n"}                                   | ${"bare-lf"}            | ${"lines end with LF alone"}
  ${"GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"}                       | ${"bare-lf"}            | ${"LF inside a value"}
  ${"GET / HTTP/1.1\r\nHost: a\r\n\nX: b\r\n\r\n"}                   | ${"bare-lf"}            | ${"LF where a field should start"}
  ${"GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n"}                       | ${"bare-cr"}            | ${"CR inside a value"}
  ${"GET / HTTP/1.1\rHost: a\r\n\r\n"}                               | ${"bare-cr"}            | ${"CR inside the request line"}
  ${"GET / HTTP/1.1\r\nHost: a\r\n\rX\r\n"}                          | ${"bare-cr"}            | ${"CR alone at the end"}
  ${"GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n"}               | ${"obs-fold"}           | ${"a folded line (RFC 9112 5.2)"}
  ${"GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n\tc\r\n\r\n"}              | ${"obs-fold"}           | ${"a line folded with a tab"}
  ${"GET / HTTP/1.1\r\n Host: a\r\n\r\n"}                            | ${"obs-fold"}           | ${"a space before the first field"}
  ${"GET / HTTP/1.1\r\nHost : a\r\n\r\n"}                            | ${"space-before-colon"} | ${"a space before the colon (RFC 9112 5.1)"}
  ${"GET / HTTP/1.1\r\nHost\t: a\r\n\r\n"}                           | ${"space-before-colon"} | ${"a tab before the colon"}
  ${"GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n"}                        | ${"no-colon"}           | ${"a field without a colon"}
  ${"GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n"}                      | ${"field-name"}         | ${"a field without a name"}
  ${"GET / HTTP/1.1\r\nHost: a\r\nX(y): b\r\n\r\n"}                  | ${"field-name"}         | ${"a separator in a name"}
  ${"GET / HTTP/1.1\r\nHost: a\r\nX\x80: b\r\n\r\n"}                 | ${"field-name"}         | ${"a byte above ASCII in a name"}
  ${"GET / HTTP/1.1\r\nHost: a\r\nX: b\x00c\r\n\r\n"}                | ${"control-character"}  | ${"NUL in a value"}
  ${"GET / HTTP/1.1\r\nHost: a\r\nX: b\x7fc\r\n\r\n"}                | ${"control-character"}  | ${"DEL in a value"}
  ${"\x16\x03\x01\x02\x00\x01"}                                      | ${"control-character"}  | ${"TLS on a plain port"}
  ${"GET /\x00 HTTP/1.1\r\n\r\n"}                                    | ${"control-character"}  | ${"NUL in the target"}
  ${"GET /\r\n"}                                                     | ${"http-0.9"}           | ${"HTTP/0.9"}
  ${"GET / HTTP/2.0\r\n"}                                            | ${"unknown-version"}    | ${"another version"}
  ${"GET / HTTP/1.2\r\n"}                                            | ${"unknown-version"}    | ${"a later minor version"}
  ${"GET / http/1.1\r\n"}                                            | ${"request-line"}       | ${"a version in small letters"}
  ${"GET / HTTP/1.1 \r\n"}                                           | ${"request-line"}       | ${"a space after the version"}
  ${"GET  / HTTP/1.1\r\n"}                                           | ${"request-target"}     | ${"two spaces"}
  ${"GET / x HTTP/1.1\r\n"}                                          | ${"request-target"}     | ${"a space in the target"}
  ${"GET x HTTP/1.1\r\n"}                                            | ${"request-target"}     | ${"a target of no form"}
  ${"GET * HTTP/1.1\r\n"}                                            | ${"request-target"}     | ${"the asterisk without OPTIONS"}
  ${"GET /\x80 HTTP/1.1\r\n"}                                        | ${"request-target"}     | ${"a byte above ASCII in the target"}
  ${"GET /#f HTTP/1.1\r\n"}                                          | ${"request-target"}     | ${"a fragment"}
  ${"CONNECT / HTTP/1.1\r\n"}                                        | ${"request-target"}     | ${"CONNECT without an authority"}
  ${"G@T / HTTP/1.1\r\n"}                                            | ${"method"}             | ${"a separator in the method"}
  ${" GET / HTTP/1.1\r\n"}                                           | ${"request-line"}       | ${"a space before the method"}
  ${"\r\n\r\nGET / HTTP/1.1\r\n"}                                    | ${"request-line"}       | ${"two empty lines first"}
  ${"GET / HTTP/1.1\r\n\r\n"}                                        | ${"no-host"}            | ${"1.1 without Host"}
  ${"GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n"}                  | ${"many-hosts"}         | ${"two Hosts, be they equal"}
  ${"GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"}                          | ${"host"}               | ${"a list of hosts"}
  ${"GET / HTTP/1.1\r\nHost: u@a\r\n\r\n"}                           | ${"host"}               | ${"a user in Host"}
  ${"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"}                           | ${"host"}               | ${"a path in Host"}
  ${"GET / HTTP/1.1\r\nHost:\r\n\r\n"}                               | ${"host"}               | ${"an empty Host"}
  ${`GET /${"x".repeat(60)} HTTP/1.1\r\n`}                           | ${"line-too-long"}      | ${"a long request line"}
  ${`GET / HTTP/1.1\r\nA: ${"x".repeat(80)}`}                        | ${"line-too-long"}      | ${"a line too long already"}
  ${`GET / HTTP/1.1\r\n${"A: b\r\n".repeat(5)}`}                     | ${"too-many-fields"}    | ${"five fields where four may be"}
  ${`GET / HTTP/1.1\r\n${`A: ${"x".repeat(50)}\r\n`.repeat(4)}\r\n`} | ${"head-too-large"}     | ${"a large head of short lines"}
`("$why: refused as $reason", ({ sent, reason }) => {
  expect(outcomeOf([Buffer.from(sent, "latin1")])).toBe(reason);
  expect(outcomeOf([...Buffer.from(sent, "latin1")].map((byte) => Buffer.of(byte)))).toBe(reason);
});

const line = fc.constantFrom(
  ...[
    "GET / HTTP/1.1",
    "GET /abc HTTP/1.0",
    "POST http://a/b HTTP/1.1",
    "GET /",
    "BAD\x00",
    "GET / HTTP/3.0",
    "",
  ],
  ...[
    "Host: a",
    "host: b",
    "X-Long: ".padEnd(58, "y"),
    "X: ".padEnd(61, "z"),
    "X: y\x01",
    "X : y",
    " folded",
    "novalue",
  ],
);
const ending = fc.constantFrom("\r\n", "\r\n", "\r\n", "\r\n", "\n", "\r");

test("the outcome does not depend on how the bytes are cut into reads", () => {
  const head = fc
    .tuple(
      fc.constantFrom("", "\r\n", "GET / HTTP/1.1\r\n"),
      fc.array(fc.tuple(line, ending), { maxLength: 8 }),
    )
    .map(([start, lines]) =>
      Buffer.from(`${start}${lines.map((parts) => parts.join("")).join("")}\r\n`, "latin1"),
    );
  fc.assert(
    fc.property(head, fc.array(fc.nat(300), { maxLength: 12 }), (bytes, cuts) => {
      const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
      const pieces = places.slice(1).map((end, i) => bytes.subarray(places[i], end));
      const cut = outcomeOf(pieces.filter((piece) => piece.length > 0));
      expect(cut).toEqual(outcomeOf([bytes]));
    }),
    { numRuns: 3000 },
  );
});
