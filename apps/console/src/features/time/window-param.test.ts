import { expect, test } from "vitest";
import { refreshMsOf, windowParam, windowWords } from "./window-param.ts";

test.each`
  length   | refreshMs | words
  ${"1m"}  | ${1_000}  | ${"last minute"}
  ${"5m"}  | ${1_000}  | ${"last 5 minutes"}
  ${"1h"}  | ${4_000}  | ${"last hour"}
  ${"24h"} | ${30_000} | ${"last 24 hours"}
`("$length is read again every $refreshMs ms at most", ({ length, refreshMs, words }) => {
  expect([refreshMsOf(length), windowWords(length)]).toEqual([refreshMs, words]);
});

test("an address with a window that is not on offer means five minutes", () => {
  expect(windowParam.parse("3w")).toBeNull();
  expect(windowParam.defaultValue).toBe("5m");
});
