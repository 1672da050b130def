import { expect, test } from "vitest";
import { xmlText } from "./xml-text.ts";

test.each`
  text                             | kept                             | why
  ${"<text>\u0000\u0007</text>"}   | ${"<text>\ufffd\ufffd</text>"}   | ${"control characters"}
  ${"a\ud83d b\udc31"}             | ${"a\ufffd b\ufffd"}             | ${"halves of a pair"}
  ${"\uffff\ufffe\u001b[31m"}      | ${"\ufffd\ufffd\ufffd[31m"}      | ${"no characters, and a terminal's escape"}
  ${"a\tb\r\n <é> שלום 🐱 \u{85}"} | ${"a\tb\r\n <é> שלום 🐱 \u{85}"} | ${"all others stay"}
`("$why", ({ text, kept }) => {
  expect(xmlText(text)).toBe(kept);
});
