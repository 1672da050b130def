import { expect, test } from "vitest";
import { seededRandom } from "../testing/seeded-random.ts";
import { nextArrivalMs } from "./arrivals.ts";

test("gaps are exponential: mean and spread are both 1000 / rate", () => {
  const random = seededRandom(1);
  const gaps = Array.from({ length: 40_000 }, () => nextArrivalMs(8, random));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
  // Four standard errors (125 / sqrt(40000) = 0.6) around the mean; a wider margin for the spread.
  expect(Math.abs(mean - 125)).toBeLessThan(2.5);
  expect(Math.abs(Math.sqrt(variance) - 125)).toBeLessThan(5);
});

test.each`
  rate  | random            | expected
  ${0}  | ${0.5}            | ${Number.POSITIVE_INFINITY}
  ${10} | ${0}              | ${0}
  ${1}  | ${1 - 1 / Math.E} | ${1000}
`("at $rate a second and the random number $random: $expected ms", ({ rate, random, expected }) => {
  const gap = nextArrivalMs(rate, () => random);
  if (Number.isFinite(expected)) expect(gap).toBeCloseTo(expected, 6);
  else expect(gap).toBe(expected);
});
