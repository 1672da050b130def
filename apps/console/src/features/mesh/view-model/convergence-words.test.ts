import { expect, test } from "vitest";
import { convergenceWords, slowestOf } from "./convergence-words.ts";

const of = (sidecars: number, acked: number, refused = 0, tookMs?: number) => ({
  ...{ configRevision: 1, namespace: "shop", changedAtMs: 0, sidecars, acked, refused },
  ...(tookMs === undefined ? {} : { tookMs }),
});

test.each`
  change           | words
  ${of(98, 98)}    | ${"all 98"}
  ${of(98, 97)}    | ${"97 of 98"}
  ${of(98, 97, 1)} | ${"97 of 98, 1 refused"}
  ${of(1200, 0)}   | ${"0 of 1,200"}
`("$words", ({ change, words }) => {
  expect(convergenceWords(change)).toBe(words);
});

test("the slowest is one of those that reached everybody", () => {
  expect(slowestOf([of(2, 2, 0, 80), of(2, 1, 0, 9_000), of(2, 2, 0, 120)])).toBe(120);
  expect(slowestOf([of(2, 1, 0, 9_000)])).toBeUndefined();
});
