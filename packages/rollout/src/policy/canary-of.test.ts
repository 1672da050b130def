import { Policy, type RouteMatch, validatePolicy } from "@weir/domain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type RolloutState, startRollout } from "../decide/state.ts";
import { planOf } from "../testing/plans.ts";
import { canaryOf } from "./canary-of.ts";

const testers: RouteMatch[] = [{ headers: [{ name: "x-tester", present: true }] }];
const beta: RouteMatch[] = [{ path: { prefix: "/beta" } }];
const plan = planOf({
  steps: [
    { mirror: 12.5, forMs: 0 },
    { match: beta, forMs: 0 },
    { weight: 30, forMs: 0 },
    { weight: 100, forMs: 0 },
  ],
  testers,
});
const at = (step: number, phase: RolloutState["phase"] = "running") => ({ ...startRollout(0), step, phase });
const pin = (match: RouteMatch[]) => ({ match, version: "v2" });

test.each`
  state                  | weight | pins                         | mirror
  ${at(0)}               | ${0}   | ${[pin(testers)]}            | ${{ version: "v2", percent: 12.5 }}
  ${at(1)}               | ${0}   | ${[pin(beta), pin(testers)]} | ${undefined}
  ${at(2)}               | ${30}  | ${[pin(testers)]}            | ${undefined}
  ${at(2, "paused")}     | ${30}  | ${[pin(testers)]}            | ${undefined}
  ${at(3)}               | ${100} | ${[pin(testers)]}            | ${undefined}
  ${at(3, "succeeded")}  | ${100} | ${undefined}                 | ${undefined}
  ${at(2, "rolledBack")} | ${0}   | ${undefined}                 | ${undefined}
  ${at(1, "aborted")}    | ${0}   | ${undefined}                 | ${undefined}
`("$state.phase in step $state.step: $weight %, pins $pins, mirror $mirror", (row) => {
  const { state, weight, pins, mirror } = row;
  const { backends, ...policy } = canaryOf(plan, state, "payments-rollout");
  expect(backends).toEqual([
    { version: "v1", weight: 100 - weight },
    { version: "v2", weight },
  ]);
  expect(policy.pins).toEqual(pins);
  expect(policy.mirror).toEqual(mirror);
  expect(policy).toMatchObject({
    ...{ name: "payments-rollout", namespace: "shop", targetRef: "payments", mode: "enforce" },
    sticky: { cookie: "weir-sticky", maxAgeS: 86_400 },
  });
});

const conditions = { forMs: fc.nat(1_000) };
const matches = fc.constantFrom<RouteMatch[]>(testers, beta, [...testers, ...beta]);
const ascending = fc
  .uniqueArray(fc.nat(99), { maxLength: 6 })
  .map((weights) => weights.sort((a, b) => a - b));
const steps = fc
  .record({
    mirrors: fc.array(
      fc.record({ mirror: fc.integer({ min: 1, max: 1_000 }).map((n) => n / 10), ...conditions }),
      {
        maxLength: 2,
      },
    ),
    chosen: fc.array(fc.record({ match: matches, ...conditions }), { maxLength: 2 }),
    weights: ascending,
  })
  .map(({ mirrors, chosen, weights }) => [
    ...mirrors,
    ...chosen,
    ...[...weights, 100].map((weight) => ({ weight, forMs: 0 })),
  ]);
const sticky = fc.constantFrom(
  "none" as const,
  { cookie: "a", maxAgeS: 60 },
  { header: "x-user" },
  { source: true as const },
);
const plans = fc
  .record({ steps, testers: matches, sticky }, { requiredKeys: ["steps"] })
  .map((given) => planOf(given));
const phases = fc.constantFrom("running", "paused", "succeeded", "rolledBack", "aborted");

test("of every plan in every state it is a policy that may be saved", () => {
  const versions = ["v1", "v2"];
  const services = [{ namespace: "shop", name: "payments", versions, readyVersions: versions }];
  fc.assert(
    fc.property(plans, phases, fc.nat(11), (plan, phase, step) => {
      const state = { ...startRollout(0), phase, step: step % plan.steps.length };
      const policy = canaryOf(plan, state, "rollout");
      expect(Policy.parse(JSON.parse(JSON.stringify(policy)))).toEqual(policy);
      expect(validatePolicy(policy, services)).toEqual([]);
    }),
  );
});
