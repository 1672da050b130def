import { expect, test } from "vitest";
import { fateWords } from "./fate-words.ts";

const three = { atLeast: 3, atMost: 3 };
test.each`
  refused                      | touched                      | words
  ${{ atLeast: 0, atMost: 0 }} | ${{ atLeast: 0, atMost: 0 }} | ${"none would be refused or changed"}
  ${{ atLeast: 0, atMost: 0 }} | ${three}                     | ${"none would be refused, 3 changed in some way"}
  ${three}                     | ${three}                     | ${"3 would be refused"}
  ${{ atLeast: 0, atMost: 3 }} | ${three}                     | ${"at most 3 would be refused, 3 changed in some way, these included"}
  ${three}                     | ${{ atLeast: 3 }}            | ${"3 would be refused, at least 3 changed in some way, these included"}
  ${{ atLeast: 3 }}            | ${{ atLeast: 3 }}            | ${"at least 3 would be refused"}
`("$refused refused of $touched: $words", ({ refused, touched, words }) => {
  expect(fateWords(refused, touched)).toBe(words);
});
