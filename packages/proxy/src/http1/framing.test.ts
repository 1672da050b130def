import { expect, test } from "vitest";
import { Fields } from "./fields.ts";
import { requestFraming, responseFraming } from "./framing.ts";
import { ParseFailure } from "./parse-failure.ts";

function fieldsFrom(lines: readonly string[]): Fields {
  const fields = new Fields();
  for (const line of lines)
    fields.add(line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).replace(/^ +| +$/g, ""));
  return fields;
}

function framingOr(read: () => { kind: string; length?: number }): string {
  try {
    const framing = read();
    return framing.kind === "length" ? `length ${framing.length}` : framing.kind;
  } catch (error) {
    if (error instanceof ParseFailure) return error.reason;
    throw error;
  }
}

test.each`
  fields                                                       | minor | framing
  ${[]}                                                        | ${1}  | ${"none"}
  ${["Content-Length: 0"]}                                     | ${1}  | ${"none"}
  ${["Content-Length: 42"]}                                    | ${1}  | ${"length 42"}
  ${["Content-Length: 007"]}                                   | ${1}  | ${"length 7"}
  ${["Transfer-Encoding: chunked"]}                            | ${1}  | ${"chunked"}
  ${["transfer-encoding: CHUNKED"]}                            | ${1}  | ${"chunked"}
  ${["Content-Length: 3", "Content-Length: 3"]}                | ${1}  | ${"many-content-lengths"}
  ${["Content-Length: 3, 3"]}                                  | ${1}  | ${"content-length"}
  ${["Content-Length: +3"]}                                    | ${1}  | ${"content-length"}
  ${["Content-Length: -3"]}                                    | ${1}  | ${"content-length"}
  ${["Content-Length: 3 3"]}                                   | ${1}  | ${"content-length"}
  ${["Content-Length: 0x3"]}                                   | ${1}  | ${"content-length"}
  ${["Content-Length: "]}                                      | ${1}  | ${"content-length"}
  ${["Content-Length: 9999999999999999"]}                      | ${1}  | ${"content-length"}
  ${["Content-Length: 3", "Transfer-Encoding: chunked"]}       | ${1}  | ${"transfer-encoding-and-content-length"}
  ${["Transfer-Encoding: chunked", "Content-Length: 3"]}       | ${1}  | ${"transfer-encoding-and-content-length"}
  ${["Transfer-Encoding: chunked"]}                            | ${0}  | ${"transfer-encoding-in-1.0"}
  ${["Transfer-Encoding: gzip"]}                               | ${1}  | ${"unknown-transfer-coding"}
  ${["Transfer-Encoding: chunked, gzip"]}                      | ${1}  | ${"transfer-encoding"}
  ${["Transfer-Encoding: gzip, chunked"]}                      | ${1}  | ${"unknown-transfer-coding"}
  ${["Transfer-Encoding: gzip", "Transfer-Encoding: chunked"]} | ${1}  | ${"unknown-transfer-coding"}
  ${["Transfer-Encoding: identity"]}                           | ${1}  | ${"unknown-transfer-coding"}
  ${["Transfer-Encoding: chunked, gzip, chunked"]}             | ${1}  | ${"transfer-encoding"}
  ${["Transfer-Encoding: \xa0chunked"]}                        | ${1}  | ${"transfer-encoding"}
  ${['Transfer-Encoding: "chunked"']}                          | ${1}  | ${"transfer-encoding"}
  ${["Transfer-Encoding: ,chunked"]}                           | ${1}  | ${"transfer-encoding"}
  ${["Transfer-Encoding: chunked;q=1"]}                        | ${1}  | ${"transfer-encoding"}
  ${["Transfer-Encoding: chunked, chunked"]}                   | ${1}  | ${"transfer-encoding"}
  ${["Transfer-Encoding: chunked", "Transfer-Encoding: x"]}    | ${1}  | ${"transfer-encoding"}
  ${["Transfer-Encoding: xchunked"]}                           | ${1}  | ${"transfer-encoding"}
  ${["Transfer-Encoding: "]}                                   | ${1}  | ${"transfer-encoding"}
`("a request with $fields (HTTP/1.$minor): $framing", ({ fields, minor, framing }) => {
  const head = { method: "POST", target: "/", minorVersion: minor, fields: fieldsFrom(fields) };
  expect(framingOr(() => requestFraming(head))).toBe(framing);
});

test.each([
  ["Content-Length: 10", "length 10"],
  ["Content-Length: 11", "body-too-large"],
  ["Transfer-Encoding: chunked", "chunked"],
])("%s where ten bytes may be: %s", (field, framing) => {
  const head = { method: "POST", target: "/", minorVersion: 1 as const, fields: fieldsFrom([field]) };
  expect(framingOr(() => requestFraming(head, 10))).toBe(framing);
});

test.each`
  method    | status | fields                            | framing
  ${"GET"}  | ${200} | ${[]}                             | ${"close"}
  ${"GET"}  | ${200} | ${["Content-Length: 5"]}          | ${"length 5"}
  ${"GET"}  | ${200} | ${["Transfer-Encoding: chunked"]} | ${"chunked"}
  ${"HEAD"} | ${200} | ${["Content-Length: 5"]}          | ${"none"}
  ${"HEAD"} | ${200} | ${["Transfer-Encoding: chunked"]} | ${"none"}
  ${"GET"}  | ${204} | ${["Content-Length: 5"]}          | ${"none"}
  ${"GET"}  | ${304} | ${["Content-Length: 5"]}          | ${"none"}
  ${"GET"}  | ${100} | ${[]}                             | ${"none"}
  ${"GET"}  | ${200} | ${["Content-Length: 5, 5"]}       | ${"content-length"}
`("a response $status to $method with $fields: $framing", ({ method, status, fields, framing }) => {
  const head = { status, reason: "", minorVersion: 1 as const, fields: fieldsFrom(fields) };
  expect(framingOr(() => responseFraming(head, method))).toBe(framing);
});
