import { expect, test } from "vitest";
import { classify } from "./sniff.ts";

test.each`
  bytes                        | kind
  ${"GET / HTTP/1.1\r\n"}      | ${"http"}
  ${"POST http://a/ HTTP/1.1"} | ${"http"}
  ${"OPTIONS * HTTP/1.1"}      | ${"http"}
  ${"VERSION-CONTROL /"}       | ${"other"}
  ${"G"}                       | ${undefined}
  ${"GET"}                     | ${undefined}
  ${"GET "}                    | ${undefined}
  ${"GE"}                      | ${undefined}
  ${"PRI * HTTP/2.0\r\n"}      | ${"http"}
  ${"PRI * HTTP/1.1\r\n"}      | ${"other"}
  ${"PRI"}                     | ${undefined}
  ${"\x16\x03\x01\x02"}        | ${"other"}
  ${"get / HTTP/1.1"}          | ${"other"}
  ${"EHLO example\r\n"}        | ${"other"}
  ${"ABCDEFGHIJKLMNOPQ"}       | ${"other"}
  ${"GET\r\n"}                 | ${"other"}
  ${"SET key value\r\n"}       | ${"other"}
  ${"GET htt"}                 | ${undefined}
  ${"GET home"}                | ${"other"}
  ${"SSH-2.0-x\r\n"}           | ${"other"}
`("$bytes looks like $kind", ({ bytes, kind }) => {
  expect(classify(Buffer.from(bytes, "latin1"))).toBe(kind);
});
