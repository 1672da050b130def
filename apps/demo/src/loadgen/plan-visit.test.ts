import { expect, test } from "vitest";
import { seededRandom } from "../testing/seeded-random.ts";
import { meanSteps, planVisit, zipfIndex } from "./plan-visit.ts";

test("nobody pays before having looked, added and opened the cart", () => {
  const random = seededRandom(3);
  const visits = Array.from({ length: 5_000 }, () => planVisit(random).map(({ kind }) => kind));
  const buyers = visits.filter((kinds) => kinds.includes("checkout"));
  for (const kinds of buyers) {
    const order = (["view", "add", "cart", "checkout"] as const).map((kind) => kinds.indexOf(kind));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order[0]).toBeGreaterThanOrEqual(0);
  }
  expect(buyers.length / visits.length).toBeCloseTo(0.285, 1);
  expect(Math.max(...visits.map((kinds) => kinds.length))).toBeLessThanOrEqual(20);
});

test("the mean length is stable enough to turn a request rate into one of visits", () => {
  const [one, other] = [meanSteps(seededRandom(1)), meanSteps(seededRandom(2))];
  expect(Math.abs(one - other) / one).toBeLessThan(0.05);
});

test.each`
  popularity  | count | index
  ${0}        | ${40} | ${0}
  ${0.999999} | ${40} | ${39}
  ${0.5}      | ${1}  | ${0}
  ${0.54}     | ${3}  | ${0}
  ${0.56}     | ${3}  | ${1}
  ${0.83}     | ${3}  | ${2}
`("of $count products, popularity $popularity asks for number $index", ({ popularity, count, index }) => {
  expect(zipfIndex(popularity, count)).toBe(index);
});
