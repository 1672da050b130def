import { expect, test } from "vitest";
import { deniedCount, deniedWords } from "./denied-words.ts";

const thin = "\u202f";

test.each`
  atLeast | atMost | services                          | words                                                                     | count
  ${240}  | ${240} | ${["shop/payments"]}              | ${"all of its 240 requests to shop/payments"}                             | ${""}
  ${80}   | ${80}  | ${["shop/payments"]}              | ${"33 % of its 240 requests to shop/payments"}                            | ${"80"}
  ${80}   | ${160} | ${["shop/payments", "shop/cart"]} | ${"from 33 % to 67 % of its 240 requests to shop/payments and shop/cart"} | ${"80 to 160"}
`("$words", ({ atLeast, atMost, services, words, count }) => {
  const caller = { denied: { atLeast, atMost }, requests: 240, services };
  expect(deniedWords(caller)).toBe(words.replaceAll(" %", `${thin}%`));
  expect(deniedCount(caller)).toBe(count);
});
