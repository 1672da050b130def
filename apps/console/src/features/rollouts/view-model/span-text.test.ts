import { expect, test } from "vitest";
import { aboutSpan, readSpan, spanText, steppedSpan } from "./span-text.ts";

test.each`
  ms            | text
  ${0}          | ${"0 s"}
  ${250}        | ${"250 ms"}
  ${90_000}     | ${"90 s"}
  ${300_000}    | ${"5 min"}
  ${5_430_000}  | ${"1 h 30 min 30 s"}
  ${86_400_000} | ${"24 h"}
`("$ms ms are written $text, and read again", ({ ms, text }) => {
  expect(spanText(ms)).toBe(text);
  expect(readSpan(text)).toBe(ms);
});

test.each`
  text         | ms
  ${"5m"}      | ${300_000}
  ${"1h30min"} | ${5_400_000}
  ${" 1.5 h "} | ${5_400_000}
  ${"5"}       | ${undefined}
  ${"soon"}    | ${undefined}
  ${"5 min x"} | ${undefined}
  ${"-5 s"}    | ${undefined}
  ${""}        | ${undefined}
`("$text is $ms ms", ({ text, ms }) => {
  expect(readSpan(text)).toBe(ms);
});

test.each`
  ms             | text
  ${61_400}      | ${"61 s"}
  ${199_000}     | ${"3 min"}
  ${3_900_000}   | ${"1 h 5 min"}
  ${260_000_000} | ${"3 days"}
`("about $text", ({ ms, text }) => {
  expect(aboutSpan(ms)).toBe(text);
});

test.each`
  ms           | stepped
  ${-5_000}    | ${0}
  ${12_345}    | ${12_000}
  ${61_000}    | ${60_000}
  ${307_000}   | ${300_000}
  ${3_650_000} | ${3_600_000}
`("$ms ms are dragged to $stepped", ({ ms, stepped }) => {
  expect(steppedSpan(ms)).toBe(stepped);
});
