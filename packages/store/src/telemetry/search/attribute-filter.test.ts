import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { alternativesOf } from "./attribute-filter.ts";
import { textPatterns } from "./text-filter.ts";

const hashes = (...members: string[]) => members.map((member) => crc32(member) | 0);

test.each`
  value     | objects                           | found                           | why
  ${"x"}    | ${['{"a":"x"}']}                  | ${hashes('"a":"x"')}            | ${"a text"}
  ${"17"}   | ${['{"a":"17"}', '{"a":17}']}     | ${hashes('"a":"17"', '"a":17')} | ${"a text that spells an integer"}
  ${"017"}  | ${['{"a":"017"}']}                | ${hashes('"a":"017"')}          | ${"a text that spells no number as numbers are spelled"}
  ${"1.5"}  | ${['{"a":"1.5"}', '{"a":1.5}']}   | ${undefined}                    | ${"a fraction, of which no hash is kept"}
  ${"true"} | ${['{"a":"true"}', '{"a":true}']} | ${undefined}                    | ${"a flag, of which no hash is kept"}
  ${""}     | ${['{"a":""}']}                   | ${hashes('"a":""')}             | ${"an empty text, which is not zero"}
  ${17}     | ${['{"a":17}']}                   | ${hashes('"a":17')}             | ${"a number is no text"}
  ${true}   | ${['{"a":true}']}                 | ${undefined}                    | ${"a flag is no text"}
  ${'"\\'}  | ${['{"a":"\\"\\\\"}']}            | ${hashes('"a":"\\"\\\\"')}      | ${"what JSON escapes"}
  ${"\0"}   | ${['{"a":"\ufffd"}']}             | ${hashes('"a":"\ufffd"')}       | ${"what is stored as U+FFFD"}
`("$why", ({ value, objects, found }) => {
  expect(alternativesOf({ name: "a", value })).toEqual({ objects, hashes: found });
});

test("an amount has no hash", () => {
  expect(alternativesOf({ name: "weir.upstream_ns", value: 17 }).hashes).toBeUndefined();
});

test.each`
  text          | plain                | json
  ${"refused"}  | ${"%refused%"}       | ${"%refused%"}
  ${"100%_\\"}  | ${"%100\\%\\_\\\\%"} | ${"%100\\%\\_\\\\\\\\%"}
  ${'say "hi"'} | ${'%say "hi"%'}      | ${'%say \\\\"hi\\\\"%'}
`("a text is looked for as it is: $text", ({ text, plain, json }) => {
  expect(textPatterns(text)).toEqual({ plain, json });
});
