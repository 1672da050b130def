import { findingsOf } from "@weir/domain";
import { describe, expect, test } from "vitest";
import { planInput } from "../testing/plans.ts";
import { RolloutPlan } from "./plan.ts";

const whole = { weight: 100, forMs: 0 };
const testers = { match: [{ headers: [{ name: "x-tester", present: true }] }], forMs: 60_000 };

describe("strategies are shapes of one list", () => {
  test.each`
    strategy          | steps
    ${"canary"}       | ${[{ weight: 1, forMs: 0 }, { weight: 50, forMs: 0, minRequests: 500 }, whole]}
    ${"blue / green"} | ${[whole]}
    ${"A/B"}          | ${[{ ...testers, approval: true }, whole]}
    ${"mirror first"} | ${[{ mirror: 12.5, forMs: 60_000 }, testers, { weight: 5, forMs: 0 }, whole]}
  `("$strategy is accepted", ({ steps }) => {
    expect(RolloutPlan.safeParse(planInput({ steps })).error).toBeUndefined();
  });
});

test("without checks of its own a plan has all that need no limit", () => {
  const { checks, staleAfterMs, sticky } = RolloutPlan.parse(planInput());
  expect(checks).toEqual({
    ...{ level: 0.01, passLevel: 0.05, guards: [], queries: [], webhooks: [] },
    successRate: { margin: 0.01 },
    latency: { quantile: 0.99, margin: 0.01 },
    sampleRatio: { tolerance: 0.2 },
  });
  expect(staleAfterMs).toBe(30_000);
  expect(sticky).toEqual({ cookie: "weir-sticky", maxAgeS: 86_400 });
});

const withQuery = (given: object) => ({
  ...{ successRate: {} },
  queries: [{ name: "slo", url: "http://prometheus:9090", query: "up", ...given }],
});
const withHook = (...given: readonly object[]) => ({
  ...{ successRate: {} },
  webhooks: given.map((one) => ({ name: "gate", url: "http://gate", ...one })),
});

test("pre is asked in a first step of weight 0", () => {
  const checks = withHook({ when: "pre" }) as never;
  const steps = [{ weight: 0, forMs: 0 }, whole];
  expect(RolloutPlan.safeParse(planInput({ checks, steps })).data?.checks.webhooks).toEqual([
    { name: "gate", url: "http://gate", when: "pre", timeoutMs: 5_000, retries: 2 },
  ]);
});

const weights = (...all: readonly number[]) => all.map((weight) => ({ weight, forMs: 0 }));
const oneOf = "must have exactly one of weight, mirror and match";

test.each`
  given                                                                   | path                               | message
  ${{ steps: [] }}                                                        | ${"steps"}                         | ${/at least one step/}
  ${{ steps: weights(10, 50) }}                                           | ${"steps"}                         | ${/must end with the weight 100/}
  ${{ steps: [{ mirror: 10, forMs: 0 }] }}                                | ${"steps"}                         | ${/must end with the weight 100/}
  ${{ steps: weights(50, 10, 100) }}                                      | ${"steps[1]"}                      | ${/above the weight before it, 50/}
  ${{ steps: weights(50, 50, 100) }}                                      | ${"steps[1]"}                      | ${/above the weight before it, 50/}
  ${{ steps: weights(100, 100) }}                                         | ${"steps[1]"}                      | ${/above the weight before it, 100/}
  ${{ steps: [...weights(10), testers, whole] }}                          | ${"steps[1]"}                      | ${/comes too late/}
  ${{ steps: [testers, { mirror: 1, forMs: 0 }, whole] }}                 | ${"steps[1]"}                      | ${/comes too late/}
  ${{ steps: weights(-1, 100) }}                                          | ${"steps[0].weight"}               | ${/0 or more/}
  ${{ steps: weights(10.5, 100) }}                                        | ${"steps[0].weight"}               | ${/whole number of per cent/}
  ${{ steps: [{ weight: 10, mirror: 10, forMs: 0 }, whole] }}             | ${"steps[0]"}                      | ${oneOf}
  ${{ steps: [{ weight: 10 }, whole] }}                                   | ${"steps[0].forMs"}                | ${/whole milliseconds/}
  ${{ steps: [{ forMs: 0 }, whole] }}                                     | ${"steps[0]"}                      | ${oneOf}
  ${{ steps: [{ weight: 10, forMs: 0, wait: true }, whole] }}             | ${"steps[0].wait"}                 | ${/not known here/}
  ${{ steps: [{ match: [{ path: { prefix: "x" } }], forMs: 0 }, whole] }} | ${"steps[0].match[0].path.prefix"} | ${/start with/}
  ${{ steps: weights(1, 101) }}                                           | ${"steps[1].weight"}               | ${/100 or less/}
  ${{ steps: weights(...Array(51).keys()) }}                              | ${"steps"}                         | ${/50 steps at most/}
  ${{ steps: [{ weight: 10, forMs: 9e8 }, whole] }}                       | ${"steps[0].forMs"}                | ${/a week or less/}
  ${{ maxDurationMs: 60_000 }}                                            | ${"maxDurationMs"}                 | ${/longer than the plan may last/}
  ${{ canary: "v1" }}                                                     | ${"canary"}                        | ${/is the baseline already/}
  ${{ checks: {} }}                                                       | ${"checks"}                        | ${/needs successRate, latency or a guard/}
  ${{ checks: { successRate: { margin: 0 } } }}                           | ${"checks.successRate.margin"}     | ${/above 0/}
  ${{ checks: { successRate: {}, level: 0.5 } }}                          | ${"checks.level"}                  | ${/<=0.2/}
  ${{ checks: { guards: [{ kind: "latency", quantile: 0.99 }] } }}        | ${"checks.guards[0].limitMs"}      | ${/^is missing$/}
  ${{ testers: [] }}                                                      | ${"testers"}                       | ${/at least one match/}
  ${{ testers: [{ path: { prefix: "x" } }] }}                             | ${"testers[0].path.prefix"}        | ${/start with/}
  ${{ sticky: "cookie" }}                                                 | ${"sticky"}                        | ${/none, or have exactly one of/}
  ${{ sticky: { header: "x-user", cookie: "user" } }}                     | ${"sticky"}                        | ${/exactly one of/}
  ${{ checks: withQuery({}) }}                                            | ${"checks.queries[0]"}             | ${/min, max or both/}
  ${{ checks: withQuery({ min: 2, max: 1 }) }}                            | ${"checks.queries[0].max"}         | ${/below min/}
  ${{ checks: withQuery({ min: 1, url: "file:///etc/passwd" }) }}         | ${"checks.queries[0].url"}         | ${/http or https/}
  ${{ checks: withHook({ when: "pre" }) }}                                | ${"checks.webhooks[0].when"}       | ${/first step of weight 0/}
  ${{ checks: withHook({ when: "sometimes" }) }}                          | ${"checks.webhooks[0].when"}       | ${/pre/}
  ${{ checks: withHook({ when: "step", secret: "mine" }) }}               | ${"checks.webhooks[0].secret"}     | ${/whsec_/}
  ${{ checks: withHook({ when: "step" }, { when: "post" }) }}             | ${"checks"}                        | ${/has gate twice/}
  ${{ strategy: "canary" }}                                               | ${"strategy"}                      | ${/not known here/}
`("$given is refused at $path", ({ given, path, message }) => {
  const { error } = RolloutPlan.safeParse(planInput(given));
  const findings = error ? findingsOf(error) : [];
  expect(findings.map((finding) => finding.path)).toContain(path);
  expect(findings.find((finding) => finding.path === path)?.message).toMatch(message);
});
