import { expect, test } from "vitest";
import { intervalScale } from "./interval-scale.ts";

test("nothing is in the middle, and what is beyond stands at the border", () => {
  const { at, reach } = intervalScale(0.01, [-0.03, 0.04]);
  expect(reach).toBe(0.05);
  expect([at(0), at(0.05), at(-0.05), at(1), at(-1)]).toEqual([0.5, 1, 0, 1, 0]);
});

test("small differences have more room than large ones", () => {
  const { at } = intervalScale(0.01, [0.05]);
  expect(at(0.005) - at(0)).toBeGreaterThan(at(0.05) - at(0.045));
});

test("an interval that says nothing yet does not make the margin too small to see", () => {
  expect(intervalScale(0.01, [-1, 1]).reach).toBe(0.02);
});
