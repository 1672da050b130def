import { expect, test } from "vitest";
import { planOf } from "../testing/plans.ts";
import { replanFindings } from "./replan-findings.ts";

const [minute, hour] = [60_000, 3_600_000];
const weights = (...given: (number | object)[]) =>
  given.map((weight) => (typeof weight === "number" ? { weight, forMs: minute } : weight));
const before = planOf({ steps: weights(10, 50, 100) });

test.each`
  step | given                                                                       | why
  ${0} | ${{}}                                                                       | ${"nothing changes"}
  ${0} | ${{ steps: weights(10, 100) }}                                              | ${"a later step goes"}
  ${1} | ${{ steps: weights(10, 50, 75, 100) }}                                      | ${"a later step comes"}
  ${1} | ${{ steps: weights(10, { weight: 50, forMs: hour, approval: true }, 100) }} | ${"conditions of the present step"}
  ${0} | ${{ maxDurationMs: 2 * hour, staleAfterMs: 5_000 }}                         | ${"its patience"}
`("in step $step it may change: $why", ({ step, given }) => {
  expect(replanFindings(before, planOf({ steps: weights(10, 50, 100), ...given }), step)).toEqual([]);
});

test.each`
  step | given                                                                | path                  | message
  ${1} | ${{ steps: weights(20, 50, 100) }}                                   | ${"steps[0]"}         | ${"step 1 is over"}
  ${1} | ${{ steps: weights(10, 60, 100) }}                                   | ${"steps[1]"}         | ${/in step 2: its traffic has to stay/}
  ${2} | ${{ steps: weights(10, 100) }}                                       | ${"steps[1]"}         | ${"step 2 is over"}
  ${0} | ${{ steps: weights({ weight: 10, forMs: 0, compare: false }, 100) }} | ${"steps[0].compare"} | ${/evidence of the present step/}
  ${0} | ${{ canary: "v3" }}                                                  | ${"canary"}           | ${"canary cannot change while the rollout goes on"}
  ${0} | ${{ checks: { successRate: { margin: 0.05 } } }}                     | ${"checks"}           | ${/checks cannot change/}
  ${0} | ${{ sticky: "none" }}                                                | ${"sticky"}           | ${/sticky cannot change/}
  ${0} | ${{ testers: [{ method: "GET" }] }}                                  | ${"testers"}          | ${/testers cannot change/}
`("in step $step a change at $path is refused", ({ step, given, path, message }) => {
  const findings = replanFindings(before, planOf({ steps: weights(10, 50, 100), ...given }), step);
  expect(findings[0]).toMatchObject({ code: "replan", path, severity: "error" });
  expect(findings[0]?.message).toMatch(message);
});

test("the order of members does not count", () => {
  const turned = {
    ...before,
    checks: Object.fromEntries(Object.entries(before.checks).reverse()) as typeof before.checks,
  };
  expect(replanFindings(before, turned, 0)).toEqual([]);
});
