import { expect, test } from "vitest";
import { drawHits } from "../testing/draw-hits.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { freshLimitTest, isAbove, observeArm } from "./limit-test.ts";

const level = 0.05;
const settings = { level, horizonMs: 600_000 };

test.each`
  mostPaid          | why
  ${undefined}      | ${"three looks at least"}
  ${1 / level}      | ${"two looks at least, as guards"}
  ${1 / level ** 2} | ${"whatever one look may pay"}
`("a share that stays at its limit is found above it no more often than the level: $why", ({ mostPaid }) => {
  const random = seededRandom(3);
  const runs = 1_000;
  let wronged = 0;
  for (let run = 0; run < runs; run++) {
    let test = freshLimitTest;
    for (let look = 0; look < 300; look++) {
      const arm = { requests: 20, hits: drawHits(20, 0.05, random) };
      test = observeArm(test, arm, 0.05, 5_000, { ...settings, ...(mostPaid && { mostPaid }) });
      if (!isAbove(test, settings)) continue;
      wronged++;
      break;
    }
  }
  expect(wronged / runs).toBeGreaterThan(0); // or the test says nothing
  expect(wronged / runs).toBeLessThanOrEqual(level);
});
