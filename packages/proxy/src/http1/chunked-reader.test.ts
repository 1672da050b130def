import fc from "fast-check";
import { expect, test } from "vitest";
import { bodyReader } from "./body-reader.ts";
import type { Fields } from "./fields.ts";
import { defaultLimits } from "./limits.ts";
import { ParseFailure } from "./parse-failure.ts";

/** What the sink got from a chunked body fed in pieces, or why it was refused. */
function outcomeOf(pieces: readonly Buffer[], decode: boolean): unknown {
  const reader = bodyReader({ kind: "chunked" }, defaultLimits, decode);
  let body = "";
  let trailers: string[] | undefined;
  let rest = "";
  const sink = {
    chunk: (bytes: Buffer) => {
      body += bytes.toString("latin1");
    },
    end: (fields: Fields | undefined) => {
      trailers = fields && [...fields].map((field) => field.join("="));
    },
  };
  try {
    for (const piece of pieces) {
      const end = reader.done ? 0 : reader.push(piece, 0, sink);
      rest += piece.toString("latin1", end);
    }
  } catch (error) {
    if (error instanceof ParseFailure) return error.reason;
    throw error;
  }
  return reader.done ? { body, trailers, rest, bytes: reader.bytes } : "incomplete";
}

test("raw, the bytes pass as they came up to the trailers; decoded, the payload alone", () => {
  const wire = Buffer.from("5;a=b\r\nhello\r\n1\r\n \r\n5\r\nworld\r\n000\r\nX-Sum: 7\r\n\r\nnext");
  expect(outcomeOf([wire], false)).toEqual({
    body: "5;a=b\r\nhello\r\n1\r\n \r\n5\r\nworld\r\n000\r\n",
    trailers: ["X-Sum=7"],
    rest: "next",
    bytes: 11,
  });
  expect(outcomeOf([wire], true)).toMatchObject({ body: "hello world", trailers: ["X-Sum=7"], rest: "next" });
});

test.each`
  sent                                   | reason                  | why
  ${"g\r\n"}                             | ${"chunk-size"}         | ${"a size that is not hexadecimal"}
  ${"\r\n"}                              | ${"chunk-size"}         | ${"no size"}
  ${"0x5\r\nhello\r\n"}                  | ${"chunk-size"}         | ${"a prefix before the digits"}
  ${"+5\r\nhello\r\n"}                   | ${"chunk-size"}         | ${"a sign"}
  ${"5 \r\nhello\r\n"}                   | ${"chunk-size"}         | ${"a space after the size"}
  ${"5\nhello\r\n"}                      | ${"chunk-size"}         | ${"LF alone after the size"}
  ${"5\rhello\r\n"}                      | ${"chunk-size"}         | ${"CR alone after the size"}
  ${"fffffffffffff\r\n"}                 | ${"chunk-size"}         | ${"a size beyond what is exact"}
  ${"5;x\ny\r\nhello\r\n"}               | ${"chunk-extension"}    | ${"LF in an extension"}
  ${"5;x\x00\r\nhello\r\n"}              | ${"chunk-extension"}    | ${"NUL in an extension"}
  ${`5;${"x".repeat(1025)}\r\nhello`}    | ${"chunk-extension"}    | ${"an endless extension"}
  ${"5;\r\nhello\r\n"}                   | ${"chunk-extension"}    | ${"an extension without a name"}
  ${"5;;x\r\nhello\r\n"}                 | ${"chunk-extension"}    | ${"nothing between two semicolons"}
  ${"5; x\r\nhello\r\n"}                 | ${"chunk-extension"}    | ${"a space before an extension"}
  ${"5;x =y\r\nhello\r\n"}               | ${"chunk-extension"}    | ${"a space before the equals sign"}
  ${"5;x=\r\nhello\r\n"}                 | ${"chunk-extension"}    | ${"an extension without its value"}
  ${"5;x=y z\r\nhello\r\n"}              | ${"chunk-extension"}    | ${"a space in a value"}
  ${'5;x="y\r\nhello\r\n'}               | ${"chunk-extension"}    | ${"a quote left open"}
  ${'5;x="y"z\r\nhello\r\n'}             | ${"chunk-extension"}    | ${"something behind a quoted value"}
  ${"5\r\nhello!\r\n"}                   | ${"chunk-end"}          | ${"more bytes than the size says"}
  ${"5\r\nhello\n"}                      | ${"chunk-end"}          | ${"LF alone after the data"}
  ${"0\r\nX : y\r\n\r\n"}                | ${"space-before-colon"} | ${"a malformed trailer"}
  ${"0\r\n X: y\r\n\r\n"}                | ${"obs-fold"}           | ${"a folded trailer"}
  ${"0\r\nContent-Length: 5\r\n\r\n"}    | ${"trailer"}            | ${"a length in the trailers"}
  ${"0\r\nTransfer-Encoding: x\r\n\r\n"} | ${"trailer"}            | ${"a coding in the trailers"}
  ${"5\r\nhel"}                          | ${"incomplete"}         | ${"(not over yet)"}
  ${"0\r\n"}                             | ${"incomplete"}         | ${"(trailers not over yet)"}
`("$why: $reason", ({ sent, reason }) => {
  expect(outcomeOf([Buffer.from(sent, "latin1")], false)).toBe(reason);
});

test.each(["5;x", "5;x;y=z", '5;x="a b\\"c;";y', "005;x=y"])("extensions pass: %s", (line) => {
  const wire = Buffer.from(`${line}\r\nhello\r\n0\r\n\r\n`);
  expect(outcomeOf([wire], false)).toMatchObject({ body: `${line}\r\nhello\r\n0\r\n`, rest: "" });
  expect(outcomeOf([wire], true)).toMatchObject({ body: "hello" });
});

test.each([
  [8, "whole"],
  [7, "body-too-large"],
])("eight bytes in chunks where %i may be: %s", (maxBytes, outcome) => {
  const reader = bodyReader({ kind: "chunked" }, defaultLimits, false, maxBytes);
  const sink = { chunk: () => undefined, end: () => undefined };
  const push = () => {
    reader.push(Buffer.from("5\r\nhello\r\n3\r\nyou\r\n0\r\n\r\n"), 0, sink);
    return "whole";
  };
  if (outcome === "whole") expect(push()).toBe(outcome);
  else expect(push).toThrow(expect.objectContaining({ reason: outcome }));
});

test("the outcome does not depend on how the bytes are cut into reads", () => {
  const part = fc.constantFrom(
    "5\r\nhello\r\n",
    "a;x=y\r\n0123456789\r\n",
    "0\r\n\r\n",
    "0\r\nA: b\r\n\r\n",
    "3\r\nab\r\n",
    "next",
  );
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 6 }),
      fc.array(fc.nat(80), { maxLength: 8 }),
      fc.boolean(),
      (parts, cuts, decode) => {
        const bytes = Buffer.from(parts.join(""));
        const places = [
          0,
          ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b),
          bytes.length,
        ];
        const pieces = places.slice(1).map((end, i) => bytes.subarray(places[i], end));
        expect(outcomeOf(pieces, decode)).toEqual(outcomeOf([bytes], decode));
      },
    ),
    { numRuns: 1000 },
  );
});

test("a body of known length is passed by reference and ends exactly there", () => {
  const reader = bodyReader({ kind: "length", length: 5 }, defaultLimits, false);
  const got: Buffer[] = [];
  let ended = 0;
  const sink = { chunk: (bytes: Buffer) => void got.push(bytes), end: () => void ended++ };
  const first = Buffer.from("hel");
  expect(reader.push(first, 0, sink)).toBe(3);
  expect(reader.push(Buffer.from("loNEXT"), 0, sink)).toBe(2);
  expect(got[0]).toBe(first);
  expect([Buffer.concat(got).toString(), ended, reader.done]).toEqual(["hello", 1, true]);
});
