import { expect, test } from "vitest";
import { inRegion, parseRegion, printRegion } from "./scatter-region.ts";

const region = { fromMs: 1_000, toMs: 2_000, minNs: 5, maxNs: 50 };

test("a region is the same after a visit to the address", () => {
  expect(parseRegion(printRegion(region))).toEqual(region);
});

test.each(["", "1-2-3", "2000-1000-5-50", "1-2-50-5", "a-b-c-d", "-1-2-3-4"])("%o is no region", (text) => {
  expect(parseRegion(text)).toBeNull();
});

test.each`
  startMs  | durationNs | inside
  ${1_000} | ${5}       | ${true}
  ${2_000} | ${50}      | ${true}
  ${999}   | ${20}      | ${false}
  ${1_500} | ${51}      | ${false}
  ${1_500} | ${4}       | ${false}
`("a trace of $durationNs ns at $startMs is inside: $inside", ({ startMs, durationNs, inside }) => {
  expect(inRegion({ startMs, durationNs }, region)).toBe(inside);
});
