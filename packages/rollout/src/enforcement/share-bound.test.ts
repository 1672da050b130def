import { expect, test } from "vitest";
import { drawHits } from "../testing/draw-hits.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { upperBound } from "./share-bound.ts";

test.each`
  requests   | hits      | least     | most
  ${0}       | ${0}      | ${1}      | ${1}
  ${1}       | ${0}      | ${0.9}    | ${1}
  ${3}       | ${3}      | ${1}      | ${1}
  ${100}     | ${0}      | ${0.04}   | ${0.08}
  ${10_000}  | ${0}      | ${0.0004} | ${0.001}
  ${10_000}  | ${100}    | ${0.011}  | ${0.0165}
  ${100_000} | ${50_000} | ${0.502}  | ${0.52}
`("of $hits hits in $requests the share is at most $least to $most", ({ requests, hits, least, most }) => {
  const bound = upperBound({ requests, hits }, 0.01);
  expect(bound).toBeGreaterThanOrEqual(least);
  expect(bound).toBeLessThanOrEqual(most);
});

test("the true share is above it no more often than the level says", () => {
  const random = seededRandom(7);
  let missed = 0;
  for (let run = 0; run < 500; run++) {
    const share = random() * 0.3;
    if (upperBound({ requests: 300, hits: drawHits(300, share, random) }, 0.05) < share) missed++;
  }
  expect(missed).toBeLessThanOrEqual(25);
});
