import { expect, test } from "vitest";
import { seededRandom } from "../testing/seeded-random.ts";
import { testTargets } from "../testing/test-targets.ts";
import { createBalancer } from "./balancer.ts";
import { leastRequest } from "./least-request.ts";
import type { Target } from "./target.ts";

test.each`
  active       | draws         | chosen
  ${[0, 0, 0]} | ${[0, 0]}     | ${0}
  ${[1, 0, 0]} | ${[0, 0]}     | ${1}
  ${[1, 0, 1]} | ${[0, 0.9]}   | ${0}
  ${[5, 9, 4]} | ${[0.4, 0]}   | ${2}
  ${[5, 9, 4]} | ${[0.4, 0.6]} | ${0}
  ${[5]}       | ${[]}         | ${0}
`("with $active under way and draws $draws it is number $chosen", ({ active, draws, chosen }) => {
  const targets = testTargets(active.length);
  targets.forEach(({ upstream }, index) => {
    upstream.active = active[index];
  });
  expect(leastRequest(targets, () => draws.shift())).toBe(targets[chosen]);
});

test("what is under way settles in proportion to the weights", () => {
  const targets = testTargets(3, (index) => ({ weight: [1, 2, 5][index] }));
  const balancer = createBalancer(undefined);
  const random = seededRandom(3);
  for (let i = 0; i < 800; i++) (balancer.pick(targets, { random, nowMs: 0 }) as Target).upstream.active++;
  const active = targets.map(({ upstream }) => upstream.active);
  expect(active[0]).toBeGreaterThan(80);
  expect(active[0]).toBeLessThan(130);
  expect(active[2]).toBeGreaterThan(400);
});
