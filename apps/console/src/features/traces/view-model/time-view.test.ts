import { expect, test } from "vitest";
import { isWhole, panned, parseView, printView, within, zoomed } from "./time-view.ts";

const whole = { fromNs: 0, toNs: 1_000_000 };

test("zooming keeps what it is around in its place, and ends at the whole", () => {
  expect(zoomed(whole, whole, 2)).toEqual({ fromNs: 250_000, toNs: 750_000 });
  expect(zoomed(whole, whole, 2, 0)).toEqual({ fromNs: 0, toNs: 500_000 });
  expect(isWhole(zoomed({ fromNs: 0, toNs: 600_000 }, whole, 0.5), whole)).toBe(true);
  const deepest = zoomed({ fromNs: 500_000, toNs: 501_000 }, whole, 2);
  expect(deepest.toNs - deepest.fromNs).toBe(1_000);
});

test.each`
  view                                    | step  | becomes
  ${{ fromNs: 400_000, toNs: 500_000 }}   | ${1}  | ${{ fromNs: 420_000, toNs: 520_000 }}
  ${{ fromNs: 10_000, toNs: 110_000 }}    | ${-1} | ${{ fromNs: 0, toNs: 100_000 }}
  ${{ fromNs: 950_000, toNs: 1_000_000 }} | ${1}  | ${{ fromNs: 950_000, toNs: 1_000_000 }}
`("$view moved by $step", ({ view, step, becomes }) => {
  expect(panned(view, whole, step)).toEqual(becomes);
});

test("a view from the address is kept within the trace", () => {
  expect(parseView(printView({ fromNs: 5, toNs: 9 }))).toEqual({ fromNs: 5, toNs: 9 });
  expect(within({ fromNs: 900_000, toNs: 2_900_000 }, whole)).toEqual(whole);
  expect([parseView("9-5"), parseView("x"), parseView("5-5")]).toEqual([null, null, null]);
});
