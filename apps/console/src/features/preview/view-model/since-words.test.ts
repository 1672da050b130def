import { expect, test } from "vitest";
import { sinceWords } from "./since-words.ts";

test.each`
  revision | words
  ${1}     | ${"The policy counts since 10:00; before, there was none."}
  ${2}     | ${"Revision 2 counts since 10:00; what earlier ones said is left out."}
`("of revision $revision: $words", ({ revision, words }) => {
  expect(sinceWords(revision, "10:00")).toBe(words);
});
