import { expect, test } from "vitest";
import { rangeWords, shareWords } from "./range-words.ts";

test.each`
  range                          | words            | share
  ${{ atLeast: 0, atMost: 0 }}   | ${"none"}        | ${"0 %"}
  ${{ atLeast: 5, atMost: 5 }}   | ${"5"}           | ${"50 %"}
  ${{ atLeast: 0, atMost: 5 }}   | ${"at most 5"}   | ${"≤ 50 %"}
  ${{ atLeast: 5 }}              | ${"at least 5"}  | ${"≥ 50 %"}
  ${{ atLeast: 3, atMost: 5 }}   | ${"3 to 5"}      | ${"≤ 50 %"}
  ${{ atLeast: 10 }}             | ${"at least 10"} | ${"100 %"}
  ${{ atLeast: 30, atMost: 30 }} | ${"30"}          | ${"100 %"}
`("$range of 10: $words, $share", ({ range, words, share }) => {
  expect(rangeWords(range)).toBe(words);
  expect(shareWords(range, 10).replaceAll("\u202f", " ")).toBe(share);
});
