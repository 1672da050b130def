import { expect, test } from "vitest";
import type { ShownChange } from "../../../server/changes/shown-change.ts";
import { type Tick, ticksOf, tickWords } from "./ticks.ts";

const at = (atMs: number): ShownChange => ({
  id: `${atMs}`,
  atMs,
  kind: "mode",
  what: `w${atMs}`,
  who: "ada",
  href: "/mesh",
});
const axis = { fromMs: 1_000, toMs: 2_000 };

test.each`
  changes                  | widthPx | ticks                                 | why
  ${[]}                    | ${500}  | ${[]}                                 | ${"there is nothing"}
  ${[1_250]}               | ${0}    | ${[]}                                 | ${"nothing is measured yet"}
  ${[1_250, 1_500]}        | ${500}  | ${[[0.25, 1_250], [0.5, 1_500]]}      | ${"they are far apart"}
  ${[1_500, 1_250]}        | ${500}  | ${[[0.25, 1_250], [0.5, 1_500]]}      | ${"time is the order"}
  ${[1_000, 1_040, 1_080]} | ${500}  | ${[[0, 1_000, 1_040], [0.08, 1_080]]} | ${"24 pixels are counted from the first of a tick"}
  ${[999, 1_500]}          | ${500}  | ${[[0.5, 1_500]]}                     | ${"one is older than the axis"}
  ${[2_000, 2_040]}        | ${500}  | ${[[1, 2_000, 2_040]]}                | ${"what is a little newer stands at the border"}
  ${[1_500, 22_001]}       | ${500}  | ${[[0.5, 1_500]]}                     | ${"what is much newer is not of this chart"}
`("$changes on $widthPx pixels: $why", ({ changes, widthPx, ticks }) => {
  const found = ticksOf(changes.map(at), axis, widthPx);
  expect(found.map(({ share, changes: own }) => [share, ...own.map(({ atMs }) => atMs)])).toEqual(ticks);
});

test("an axis without length has no ticks", () => {
  expect(ticksOf([at(1_000)], { fromMs: 1_000, toMs: 1_000 }, 500)).toEqual([]);
});

const words = (...changes: [ShownChange, ...ShownChange[]]) =>
  tickWords({ share: 0, changes } satisfies Tick, (ms) => `t${ms}`);

test("a tick says when, what and who, and spells out the first of many", () => {
  expect(words(at(1))).toBe("t1: w1, by ada");
  expect(words(at(1), at(2))).toBe("2 changes, t1 to t2: w1, by ada; w2, by ada");
  expect(words(at(1), at(1))).toBe("2 changes, t1: w1, by ada; w1, by ada");
  expect(words(at(1), at(2), at(3), at(4), at(5))).toBe(
    "5 changes, t1 to t5: w1, by ada; w2, by ada; w3, by ada; and 2 more",
  );
});
