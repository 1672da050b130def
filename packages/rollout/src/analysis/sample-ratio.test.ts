import { describe, expect, test } from "vitest";
import { freshSampleRatio, judgeSplit, observeSplit } from "./sample-ratio.ts";

const settings = { level: 0.002, horizonMs: 3_600_000, tolerance: 0.2 };

/** Ticks of a thousand requests. */
function splitOf(ticks: number, canary: number, assigned: number) {
  let ratio = freshSampleRatio;
  for (let tick = 0; tick < ticks; tick++)
    ratio = observeSplit(ratio, { canary, baseline: 1_000 - canary }, assigned, 10_000, settings);
  return judgeSplit(ratio, settings);
}

describe("a split of requests", () => {
  test.each`
    ticks | canary | assigned | mismatch | why
    ${60} | ${100} | ${0.1}   | ${false} | ${"as assigned"}
    ${60} | ${119} | ${0.1}   | ${false} | ${"within the tolerance"}
    ${60} | ${81}  | ${0.1}   | ${false} | ${"within the tolerance"}
    ${60} | ${200} | ${0.1}   | ${true}  | ${"twice as many"}
    ${60} | ${20}  | ${0.1}   | ${true}  | ${"a fifth"}
    ${60} | ${0}   | ${0.1}   | ${true}  | ${"none at all"}
    ${1}  | ${900} | ${0.1}   | ${false} | ${"a single tick"}
    ${60} | ${800} | ${0.5}   | ${true}  | ${"too many of half"}
    ${60} | ${950} | ${0.95}  | ${false} | ${"nearly all, as assigned"}
    ${60} | ${999} | ${0.95}  | ${true}  | ${"all but one"}
  `("of $canary in a thousand at $assigned, $ticks times: $mismatch ($why)", (given) => {
    expect(splitOf(given.ticks, given.canary, given.assigned).mismatch).toBe(given.mismatch);
  });

  test("tells both shares, also of ticks with different weights", () => {
    const first = observeSplit(freshSampleRatio, { canary: 10, baseline: 90 }, 0.1, 1_000, settings);
    const both = observeSplit(first, { canary: 50, baseline: 50 }, 0.5, 1_000, settings);
    expect(judgeSplit(both, settings)).toMatchObject({ observed: 0.3, assigned: 0.3, mismatch: false });
    expect(judgeSplit(freshSampleRatio, settings)).toMatchObject({
      observed: undefined,
      assigned: undefined,
    });
  });
});
