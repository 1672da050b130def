import { createSerializer } from "nuqs/server";
import { expect, test } from "vitest";
import { refreshMsOf, serverWindowWords, windowParam, windowWords } from "./window-param.ts";

const past = "2026-11-01T10:00:00Z/2026-11-01T10:15:00Z";

test.each`
  text      | refreshMs | words
  ${"1m"}   | ${1_000}  | ${"last minute"}
  ${"5m"}   | ${1_000}  | ${"last 5 minutes"}
  ${"90s"}  | ${1_000}  | ${"last 90 seconds"}
  ${"120s"} | ${1_000}  | ${"last 2 minutes"}
  ${"1h"}   | ${4_000}  | ${"last hour"}
  ${"24h"}  | ${30_000} | ${"last 24 hours"}
  ${"7d"}   | ${30_000} | ${"last 7 days"}
`("$text is read again every $refreshMs ms at most", ({ text, refreshMs, words }) => {
  expect([refreshMsOf(text), windowWords(text)]).toEqual([refreshMs, words]);
});

test("a window that stays is told by its times", () => {
  expect(windowWords(past)).toMatch(/^\w{3} \d+, \d\d:[03]0 to \d\d:[14]5$/);
});

test("a server, which does not know the reader's clock, tells none of its times", () => {
  expect(serverWindowWords(past)).toBe("Past");
  expect(serverWindowWords("15m")).toBe("last 15 minutes");
});

test("five minutes that were chosen stand in the address too: who opens it may begin with others", () => {
  expect(createSerializer({ window: windowParam })({ window: "5m" })).toBe("?window=5m");
});

test("an address with what is no window means five minutes", () => {
  expect(windowParam.parse("3w")).toBeNull();
  expect(windowParam.parse("90m")).toBe("90m");
  expect(windowParam.defaultValue).toBe("5m");
});
