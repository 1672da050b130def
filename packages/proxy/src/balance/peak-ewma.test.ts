import { loadBalancerSettings } from "@weir/domain/request-path";
import { expect, test } from "vitest";
import { seededRandom } from "../testing/seeded-random.ts";
import { testTargets } from "../testing/test-targets.ts";
import { createBalancer } from "./balancer.ts";
import { loadOf, observeRtt } from "./peak-ewma.ts";
import type { Target } from "./target.ts";
import { newUpstream } from "./upstream.ts";

const e = Math.E;

test.each`
  observed                        | atMs      | active | load                          | why
  ${[]}                           | ${0}      | ${0}   | ${30}                         | ${"30 ms until it has answered"}
  ${[]}                           | ${0}      | ${4}   | ${150}                        | ${"cost * (pending + 1)"}
  ${[[0, 200]]}                   | ${0}      | ${0}   | ${200}                        | ${"a peak counts at once"}
  ${[[0, 200], [0, 300]]}         | ${0}      | ${1}   | ${600}                        | ${"and a higher one"}
  ${[[0, 200], [0, 10]]}          | ${0}      | ${0}   | ${200}                        | ${"a lower one at the same time does not"}
  ${[[0, 200], [10_000, 10]]}     | ${10_000} | ${0}   | ${200 / e + 10 * (1 - 1 / e)} | ${"a lower one counts by the time between"}
  ${[[0, 200]]}                   | ${10_000} | ${0}   | ${200 / e}                    | ${"it decays without news"}
  ${[[0, 200]]}                   | ${20_000} | ${2}   | ${(3 * 200) / e ** 2}         | ${"and goes on"}
  ${[[5_000, 200], [1_000, 100]]} | ${1_000}  | ${0}   | ${200}                        | ${"a clock that went back changes nothing"}
`("$observed with $active under way is a load of $load: $why", ({ observed, atMs, active, load }) => {
  const upstream = newUpstream("a:1", "a", 1);
  upstream.active = active;
  for (const [nowMs, rttMs] of observed) observeRtt(upstream, rttMs, nowMs);
  expect(loadOf(upstream, atMs)).toBeCloseTo(load, 9);
});

test("the slow one of three gets few requests, and is tried again when its peak is forgotten", () => {
  const targets = testTargets(3);
  const [slow] = targets as [Target];
  const balancer = createBalancer(loadBalancerSettings({ algorithm: "peakEwma" }));
  const random = seededRandom(5);
  const countSlow = (nowMs: number): number => {
    let count = 0;
    for (let i = 0; i < 300; i++) if (balancer.pick(targets, { random, nowMs }) === slow) count++;
    return count;
  };
  for (const target of targets) balancer.observe(target, target === slow ? 500 : 50, 0);
  expect(countSlow(0)).toBe(0);
  for (const target of targets.slice(1)) balancer.observe(target, 50, 60_000);
  expect(countSlow(60_000)).toBeGreaterThan(150);
});

test("only peak EWMA keeps answering times", () => {
  const [target] = testTargets(1) as [Target];
  createBalancer(undefined).observe(target, 500, 0);
  expect(target.upstream.cost.ms).toBe(30);
});
