import { expect, test } from "vitest";
import { windowEndingAt, windowLengthsMs } from "./window.ts";
import { WindowLength } from "./window-length.ts";

test("every length on offer has a duration, and no other", () => {
  expect(WindowLength.options).toEqual(Object.keys(windowLengthsMs));
});

test.each`
  length   | fromMs
  ${"1m"}  | ${100_000_000 - 60_000}
  ${"5m"}  | ${100_000_000 - 5 * 60_000}
  ${"15m"} | ${100_000_000 - 15 * 60_000}
  ${"1h"}  | ${100_000_000 - 60 * 60_000}
  ${"6h"}  | ${100_000_000 - 6 * 60 * 60_000}
  ${"24h"} | ${100_000_000 - 24 * 60 * 60_000}
`("$length ends now and begins at $fromMs", ({ length, fromMs }) => {
  expect(windowEndingAt(length, 100_000_000)).toEqual({ fromMs, toMs: 100_000_000 });
});
