import { expect, test } from "vitest";
import { drawHits } from "../testing/draw-hits.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { bunchSize, noBunching, observeBunching } from "./bunching.ts";

/** After so many looks at fifty canary requests and 450 of the baseline. */
function sizeAfter(looks: number, shares: (look: number) => { canary: number; baseline: number }, bunch = 1) {
  const random = seededRandom(3);
  let bunching = noBunching;
  for (let look = 0; look < looks; look++) {
    const arm = (requests: number, share: number) => ({
      requests,
      hits: bunch * drawHits(requests / bunch, share, random),
    });
    const { canary, baseline } = shares(look);
    bunching = observeBunching(bunching, { canary: arm(50, canary), baseline: arm(450, baseline) });
  }
  return bunchSize(bunching);
}

const steady =
  (canary: number, baseline = canary) =>
  () => ({ canary, baseline });
const incident = (look: number) => steady(look % 100 < 30 ? 0.1 : 0.01)();

test.each`
  shares               | bunch | size   | why
  ${steady(0.02)}      | ${1}  | ${1}   | ${"each by itself"}
  ${steady(0.2, 0.02)} | ${1}  | ${1}   | ${"a canary that is worse all the time"}
  ${incident}          | ${1}  | ${1}   | ${"an incident of both"}
  ${steady(0.02)}      | ${5}  | ${5}   | ${"five at a time"}
  ${steady(0.2, 0.02)} | ${5}  | ${4.3} | ${"five at a time, a fifth of all: such bunches vary less"}
`("finds $size: $why", ({ shares, bunch, size }) => {
  expect(sizeAfter(2_000, shares, bunch) / size).toBeGreaterThan(0.85);
  expect(sizeAfter(2_000, shares, bunch) / size).toBeLessThan(1.2);
});

test("is 1 until anything hits, never less, and has an end", () => {
  expect(bunchSize(noBunching)).toBe(1);
  expect(sizeAfter(50, steady(0))).toBe(1);
  expect(bunchSize({ seen: 1, expected: 1e6, last: undefined })).toBe(1);
  expect(bunchSize({ seen: 1e9, expected: 1, last: undefined })).toBe(100);
});
