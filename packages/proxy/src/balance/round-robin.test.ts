import { loadBalancerSettings } from "@weir/domain/request-path";
import { expect, test } from "vitest";
import { testTargets } from "../testing/test-targets.ts";
import { createBalancer } from "./balancer.ts";
import type { Target } from "./target.ts";

test.each`
  weights      | start  | order
  ${[1, 1, 1]} | ${0}   | ${[1, 2, 0, 1, 2, 0]}
  ${[1, 1, 1]} | ${0.5} | ${[2, 0, 1, 2, 0, 1]}
  ${[5, 1, 1]} | ${0}   | ${[0, 0, 1, 0, 2, 0, 0, 0]}
  ${[1, 2]}    | ${0}   | ${[1, 0, 1, 1, 0, 1]}
`("weights $weights from $start go around as $order", ({ weights, start, order }) => {
  const targets = testTargets(weights.length, (index) => ({ weight: weights[index] }));
  const balancer = createBalancer(loadBalancerSettings({ algorithm: "roundRobin" }));
  const chosen = order.map(() => {
    const target = balancer.pick(targets, { random: () => start, nowMs: 0 });
    return targets.indexOf(target as Target);
  });
  expect(chosen).toEqual(order);
});
