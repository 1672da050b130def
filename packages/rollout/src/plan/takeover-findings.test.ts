import type { RouteMatch } from "@weir/domain";
import { expect, test } from "vitest";
import { startRollout } from "../decide/state.ts";
import { canaryOf } from "../policy/canary-of.ts";
import { planOf } from "../testing/plans.ts";
import { type PresentCanary, takeoverFindings } from "./takeover-findings.ts";

const testers = [{ headers: [{ name: "x-tester", present: true }] }];
const robots = [{ headers: [{ name: "user-agent", prefix: "robot" }] }];
const weights = (...of: number[]) => of.map((weight) => ({ weight, forMs: 0 }));
const from = (...[v1, v2, ...given]: [number, number, Partial<PresentCanary>?]): PresentCanary => ({
  ...{ name: "by-hand", enforced: true },
  backends: [
    { version: "v1", weight: v1 },
    { version: "v2", weight: v2 },
  ],
  ...given[0],
});
const pin = (match: RouteMatch[], version: string) => ({ pins: [{ match, version }] });
const cookie = { sticky: { cookie: "session" } };

test.each`
  canary                                                          | plan                                                          | why
  ${from(100, 0)}                                                 | ${{}}                                                         | ${"nothing goes to it"}
  ${from(90, 10)}                                                 | ${{}}                                                         | ${"it goes on from the same weight"}
  ${from(50, 50, { enforced: false })}                            | ${{}}                                                         | ${"an observed share moves nobody"}
  ${from(0, 100)}                                                 | ${{ steps: weights(100) }}                                    | ${"it has all already"}
  ${from(100, 0, pin(testers, "v2"))}                             | ${{ testers }}                                                | ${"testers stay testers"}
  ${from(100, 0, pin(testers, "v2"))}                             | ${{ steps: [{ match: testers, forMs: 0 }, ...weights(100)] }} | ${"the first step chooses them"}
  ${from(100, 0, { mirror: { version: "v2", percent: 20 } })}     | ${{ steps: [{ mirror: 20, forMs: 0 }, ...weights(100)] }}     | ${"as many copies are made"}
  ${from(90, 10, cookie)}                                         | ${{ sticky: { cookie: "session", maxAgeS: 60 } }}             | ${"the same cookie"}
  ${from(100, 0, cookie)}                                         | ${{}}                                                         | ${"nobody is in the canary"}
  ${from(0, 100, cookie)}                                         | ${{ steps: weights(100) }}                                    | ${"everybody is"}
  ${from(90, 10, { ...cookie, enforced: false })}                 | ${{}}                                                         | ${"an observed share keeps nobody"}
  ${from(100, 0, { ...pin(testers, "v2"), enforced: false })}     | ${{}}                                                         | ${"an observed pin sends nobody"}
  ${from(100, 0, { mirror: { version: "v2" }, enforced: false })} | ${{}}                                                         | ${"an observed mirror copies nothing"}
`("nothing is undone: $why", ({ canary, plan }) => {
  expect(takeoverFindings(planOf(plan), canary)).toEqual([]);
});

const reversed = [
  { version: "v2", weight: 10 },
  { version: "v1", weight: 90 },
];

test.each`
  canary                                                     | plan                                                      | code                  | path          | message                                                                                                                                    | fix
  ${from(50, 50)}                                            | ${{}}                                                     | ${"weight-goes-back"} | ${"steps[0]"} | ${"canary policy by-hand sends 50 % of the requests to v2 already; the first step, 10 %, would take them back"}                            | ${/^Begin with the weight 50 or more; or lower canary policy by-hand first/}
  ${from(99, 1)}                                             | ${{ steps: [{ mirror: 20, forMs: 0 }, ...weights(100)] }} | ${"weight-goes-back"} | ${"steps[0]"} | ${/the first step, mirroring 20 %, would/}                                                                                                 | ${/^Begin with the weight 1 or more/}
  ${from(100, 0, pin(testers, "v2"))}                        | ${{}}                                                     | ${"pin-dropped"}      | ${"testers"}  | ${"canary policy by-hand pins requests to v2, and the plan does not; the rollout would end that"}                                          | ${/^Take its matches over as the plan's testers/}
  ${from(100, 0, pin([...testers, ...robots], "v2"))}        | ${{ testers }}                                            | ${"pin-dropped"}      | ${"testers"}  | ${/pins requests to v2/}                                                                                                                   | ${/testers/}
  ${from(100, 0, pin(robots, "v1"))}                         | ${{ testers: robots }}                                    | ${"pin-dropped"}      | ${"testers"}  | ${/pins requests to v1/}                                                                                                                   | ${/^Remove the pin first/}
  ${from(100, 0, { mirror: { version: "v2" } })}             | ${{ steps: [{ mirror: 20, forMs: 0 }, ...weights(100)] }} | ${"mirror-dropped"}   | ${"steps[0]"} | ${/mirrors 100 % of the requests to v2/}                                                                                                   | ${"Begin with a step that mirrors 100 % or more, or remove the mirror first."}
  ${from(100, 0, { mirror: { version: "v1", percent: 5 } })} | ${{}}                                                     | ${"mirror-dropped"}   | ${"steps[0]"} | ${/mirrors 5 % of the requests to v1/}                                                                                                     | ${/^Remove the mirror first/}
  ${from(90, 10, cookie)}                                    | ${{}}                                                     | ${"users-move"}       | ${"sticky"}   | ${"canary policy by-hand keeps users in their version by cookie session, and the plan by cookie weir-sticky: users would change versions"} | ${'Write sticky: {"cookie":"session"} into the plan.'}
  ${from(90, 10, cookie)}                                    | ${{ sticky: "none" }}                                     | ${"users-move"}       | ${"sticky"}   | ${/and the plan does not/}                                                                                                                 | ${/session/}
  ${from(90, 10, { sticky: { source: true } })}              | ${{ sticky: { header: "x-user" } }}                       | ${"users-move"}       | ${"sticky"}   | ${/by calling service, and the plan by header x-user/}                                                                                     | ${/source/}
  ${from(90, 10, { ...cookie, backends: reversed })}         | ${cookie}                                                 | ${"users-move"}       | ${"canary"}   | ${/names v2 before v1/}                                                                                                                    | ${"Put v1 first in canary policy by-hand."}
  ${from(100, 0, pin(testers, "v3"))}                        | ${{}}                                                     | ${"other-version"}    | ${"canary"}   | ${/sends requests to v3/}                                                                                                                  | ${/first/}
  ${from(100, 0, { mirror: { version: "v3", percent: 5 } })} | ${{}}                                                     | ${"other-version"}    | ${"canary"}   | ${/sends requests to v3/}                                                                                                                  | ${/first/}
`("$code at $path: $message", ({ canary, plan, code, path, message, fix }) => {
  const findings = takeoverFindings(planOf(plan), canary);
  expect(findings).toMatchObject([{ code, path, severity: "error" }]);
  expect(findings[0]?.message).toMatch(message);
  expect(findings[0]?.fix).toMatch(fix);
});

test.each(["rolledBack", "aborted", "succeeded"] as const)(
  "what a rollout leaves when it has %s is in no later one's way",
  (phase) => {
    const plan = planOf({ testers });
    const left = canaryOf(plan, { ...startRollout(0), phase, step: 2 }, "left");
    const next =
      phase === "succeeded"
        ? planOf({ baseline: "v2", canary: "v3", sticky: { header: "x-user" } })
        : planOf({ sticky: { header: "x-user" } });
    expect(takeoverFindings(next, { ...left, enforced: true })).toEqual([]);
  },
);
