import { describe, expect, test } from "vitest";
import { comparedAs, evidenceOf } from "../testing/evidence.ts";
import { minuteMs, planOf } from "../testing/plans.ts";
import { decide } from "./decide.ts";
import { type RolloutState, startRollout, trafficOf } from "./state.ts";

const plan = planOf();
/** A minute into the first step, at the time 0: all that it waits for is over. */
const due: RolloutState = { ...startRollout(0), inStepMs: minuteMs };
const tripped = {
  guard: { kind: "latency" as const, quantile: 0.99, limitMs: 500, minRequests: 20 },
  ...{ tripped: true, requests: 400, observed: 0.12, limit: 0.01 },
};
const brokenLate = {
  guard: { kind: "errorBudget" as const, objective: 0.99, burnRate: 5, minRequests: 20 },
  ...{ tripped: true, requests: 5_199, observed: 0.0237, limit: 0.05 },
  above: { requests: 600, hits: 120, ms: 32_000 },
};
const brokenBarely = {
  ...brokenLate,
  requests: 90_000,
  above: { requests: 50_000, hits: 2_502, ms: 32_000 },
};
/** Worse, and the difference ends at nothing: the figures of the step are those that the evidence shows. */
const inLaterStep = comparedAs("worse", {
  inStep: { canary: { requests: 990, hits: 47 }, baseline: { requests: 1_010, hits: 0 } },
  all: { canary: { requests: 2_000, hits: 56 }, baseline: { requests: 9_000, hits: 0 } },
  interval: { low: 0, high: 0.056 },
});
const mismatch = {
  ...{ mismatch: true, assigned: 0.1, observed: 0.3, tolerance: 0.2 },
  ...{ evidence: 5_000, wanted: 1_000 },
};
const webhook = (outcome: "pass" | "fail" | "unknown") => ({
  name: "load test",
  outcome,
  detail: "412 of 500 done",
});

describe("what follows from evidence", () => {
  test.each`
    evidence                                                                                             | action        | reason
    ${{}}                                                                                                | ${"advance"}  | ${/^10 % passed after 60 s; success rate no worse, between -0.4 and \+0.6 points. Next: 50 %$/}
    ${{ comparisons: [comparedAs("better")] }}                                                           | ${"advance"}  | ${/better/}
    ${{ comparisons: [comparedAs("not enough evidence")] }}                                              | ${"hold"}     | ${"success rate: not enough evidence, needs about 900 more requests of the canary"}
    ${{ comparisons: [comparedAs("not enough evidence", { bunchSize: 3.2 })] }}                          | ${"hold"}     | ${/more requests of the canary; they fail in bunches of about 3.2$/}
    ${{ comparisons: [comparedAs("worse")] }}                                                            | ${"rollBack"} | ${"success rate: 2.1 % of the canary's 1000 requests failed, 1 % of the baseline's 9000: at least 0.4 points more"}
    ${{ comparisons: [inLaterStep] }}                                                                    | ${"rollBack"} | ${"success rate: 4.75 % of the canary's 990 requests in this step failed, 0 % of the baseline's 1010 (2.8 % and 0 % since the rollout began): more than chance explains"}
    ${{ comparisons: [comparedAs("no worse"), comparedAs("worse", { check: "latency", slowMs: 251 })] }} | ${"rollBack"} | ${/latency: 2.1 % of the canary's 1000 requests were slow \(over 251 ms\)/}
    ${{ guards: [tripped] }}                                                                             | ${"rollBack"} | ${"latency limit: 12 % of the canary's 400 requests took longer than 500 ms, 1 % may"}
    ${{ guards: [brokenLate] }}                                                                          | ${"rollBack"} | ${"error budget: 20 % of the canary's last 600 requests (32 s) failed, 5 % is 5 times what the objective allows"}
    ${{ guards: [brokenBarely] }}                                                                        | ${"rollBack"} | ${/5\.004 % of the canary's last 50000 requests \(32 s\) failed, 5 %/}
    ${{ guards: [{ ...tripped, tripped: false }] }}                                                      | ${"advance"}  | ${/passed/}
    ${{ sampleRatio: mismatch }}                                                                         | ${"pause"}    | ${"stopped: the canary got 30 % of the requests, 10 % were assigned to it"}
    ${{ sampleRatio: mismatch, comparisons: [comparedAs("worse")] }}                                     | ${"rollBack"} | ${/at least 0.4 points more/}
    ${{ requestsInStep: 19 }}                                                                            | ${"hold"}     | ${"not enough evidence: needs 1 more request of the canary"}
    ${{ others: [webhook("fail")] }}                                                                     | ${"rollBack"} | ${"load test: 412 of 500 done"}
    ${{ others: [webhook("unknown")] }}                                                                  | ${"hold"}     | ${"waits for load test: 412 of 500 done"}
    ${{ others: [webhook("pass")] }}                                                                     | ${"advance"}  | ${/passed/}
    ${{ toMs: undefined }}                                                                               | ${"hold"}     | ${"no evidence yet"}
    ${{ toMs: -30_001 }}                                                                                 | ${"hold"}     | ${"evidence is stale: nothing was heard for 30 s"}
    ${{ toMs: 30_001 }}                                                                                  | ${"hold"}     | ${"evidence is 30 s ahead of the clock"}
    ${{ toMs: -30_001, comparisons: [comparedAs("worse")] }}                                             | ${"hold"}     | ${/stale/}
    ${{ step: 1 }}                                                                                       | ${"hold"}     | ${"no evidence of this step yet, and its time counts from the first"}
    ${{ round: 1, comparisons: [comparedAs("worse")] }}                                                  | ${"hold"}     | ${"no evidence yet since it was resumed"}
  `("$action: $reason", ({ evidence, action, reason }) => {
    const given = evidenceOf(evidence);
    const decision = decide(due, given, plan, 0);
    expect(decision.action).toBe(action);
    expect(decision.reason).toMatch(reason);
    expect(decision.evidence).toBe(given);
    if (action === "hold") expect({ ...decision.state }).toEqual(due);
  });
});

describe("a step", () => {
  test("lasts its time", () => {
    const { action, reason } = decide({ ...due, inStepMs: 15_000 }, evidenceOf(), plan, 0);
    expect([action, reason]).toEqual(["hold", "10 % for 45 s more"]);
  });

  test("that needs approval waits for it, and for its evidence", () => {
    const careful = planOf({
      steps: [
        { weight: 10, forMs: 0, approval: true },
        { weight: 100, forMs: 0 },
      ],
    });
    expect(decide(due, evidenceOf(), careful, 0).reason).toBe("waits for somebody to approve");
    const approved = { ...due, approved: true };
    const little = evidenceOf({ comparisons: [comparedAs("not enough evidence")] });
    expect(decide(approved, little, careful, 0).action).toBe("hold");
    const next = decide(approved, evidenceOf(), careful, 0);
    expect(next).toMatchObject({ action: "advance", state: { step: 1, approved: false } });
  });

  test("whose requests a match chose is left without comparisons", () => {
    const match = [{ headers: [{ name: "x-tester", present: true }] }];
    const testers = planOf({
      steps: [
        { match, forMs: 0 },
        { weight: 100, forMs: 0 },
      ],
    });
    const open = evidenceOf({ comparisons: [comparedAs("not enough evidence")] });
    expect(decide(due, open, testers, 0).action).toBe("advance");
    const compared = planOf({
      steps: [
        { match, forMs: 0, compare: true },
        { weight: 100, forMs: 0 },
      ],
    });
    expect(decide(due, open, compared, 0).action).toBe("hold");
  });

  test("that is the last one ends by its time and its guards", () => {
    const last = { ...due, step: 2 };
    const alone = evidenceOf({ step: 2, comparisons: [comparedAs("not enough evidence")] });
    expect(decide(last, alone, plan, 0)).toMatchObject({
      ...{ action: "succeed", state: { phase: "succeeded" }, reason: "100 % passed after 60 s. Done" },
    });
    expect(decide(last, { ...alone, guards: [tripped] }, plan, 0).action).toBe("rollBack");
  });
});

describe("time", () => {
  const fresh = { ...startRollout(0), inStepMs: 10_000 };

  test.each`
    nowMs          | inStepMs  | why
    ${5_000}       | ${15_000} | ${"passes"}
    ${0}           | ${10_000} | ${"stands still"}
    ${-86_400_000} | ${10_000} | ${"the clock went back a day"}
    ${86_400_000}  | ${40_000} | ${"the clock went ahead, or nobody looked, for a day"}
  `("is $inStepMs ms at $nowMs: $why", ({ nowMs, inStepMs }) => {
    const { state, action } = decide(fresh, evidenceOf({ toMs: nowMs }), plan, nowMs);
    expect([action, state.inStepMs, state.seenMs]).toEqual(["hold", inStepMs, nowMs]);
  });

  test("that is missing between two looks is not made up for, however old evidence may be", () => {
    const patient = planOf({ staleAfterMs: 60 * minuteMs });
    const jumped = decide(fresh, evidenceOf({ toMs: 0 }), patient, 50 * minuteMs);
    expect(jumped).toMatchObject({ action: "hold", state: { inStepMs: 40_000, ranMs: 30_000 } });
  });

  test("without fresh evidence is no time of the step", () => {
    expect(decide(fresh, evidenceOf({ toMs: -60_000 }), plan, 5_000).state.inStepMs).toBe(10_000);
  });

  test.each`
    nowMs     | heard                                                     | counts   | reason
    ${5_000}  | ${{ serviceMs: 0, canaryMs: 0, owed: 0 }}                 | ${true}  | ${"10 % for 45 s more"}
    ${5_000}  | ${{ serviceMs: undefined, canaryMs: undefined, owed: 0 }} | ${false} | ${"no request of shop/payments was heard of yet"}
    ${31_000} | ${{ serviceMs: 0, canaryMs: 0, owed: 0 }}                 | ${false} | ${"no request of shop/payments was heard of for 31 s"}
    ${30_000} | ${{ serviceMs: 0, canaryMs: 0, owed: 0 }}                 | ${true}  | ${"10 % for 20 s more"}
    ${90_000} | ${{ serviceMs: 80_000, canaryMs: 0, owed: 9.9 }}          | ${true}  | ${"10 % for 20 s more"}
    ${90_000} | ${{ serviceMs: 80_000, canaryMs: 0, owed: 12 }}           | ${false} | ${"no request of shop/payments v2 was heard of for 90 s, about 12 were its to get"}
    ${20_000} | ${{ serviceMs: 20_000, canaryMs: 0, owed: 500 }}          | ${true}  | ${"10 % for 30 s more"}
    ${5_000}  | ${{ serviceMs: 0, canaryMs: undefined, owed: 12 }}        | ${false} | ${"no request of shop/payments v2 was heard of yet, about 12 were its to get"}
  `("of the step at $nowMs, heard of $heard: $counts", ({ nowMs, heard, counts, reason }) => {
    const decision = decide(fresh, evidenceOf({ toMs: nowMs, heard }), plan, nowMs);
    expect([decision.action, decision.reason]).toEqual(["hold", reason]);
    expect(decision.state.inStepMs > fresh.inStepMs).toBe(counts);
  });

  test("in which nobody was heard of lets nothing pass, and hides no harm", () => {
    const heard = { serviceMs: -60_000, canaryMs: -60_000, owed: 0 };
    expect(decide(due, evidenceOf({ heard }), plan, 0).action).toBe("hold");
    expect(decide(due, evidenceOf({ heard, others: [webhook("fail")] }), plan, 0).action).toBe("rollBack");
    expect(decide(due, evidenceOf({ heard, sampleRatio: mismatch }), plan, 0).action).toBe("pause");
  });

  test("that runs out without an end pauses the rollout", () => {
    const long = { ...due, ranMs: plan.maxDurationMs + 1 };
    const { action, state, reason } = decide(long, evidenceOf(), plan, 0);
    expect([action, state.phase]).toEqual(["pause", "paused"]);
    expect(reason).toBe("has not come to its end within 24 h: somebody has to look");
    expect(decide(long, evidenceOf({ toMs: -9e9 }), plan, 0).action).toBe("pause");
  });
});

describe("a rollout that does not run", () => {
  test("stays where it is while it is paused, but harm ends it", () => {
    const paused: RolloutState = { ...due, phase: "paused" };
    expect(decide(paused, evidenceOf(), plan, 1_000)).toMatchObject({ action: "hold", reason: "paused" });
    expect(decide(paused, evidenceOf(), plan, 1_000).state.inStepMs).toBe(minuteMs);
    const bad = evidenceOf({ comparisons: [comparedAs("worse")] });
    expect(decide(paused, bad, plan, 0).state.phase).toBe("rolledBack");
  });

  test.each(["succeeded", "rolledBack", "aborted"] as const)("is over for good once it has %s", (phase) => {
    const over: RolloutState = { ...due, phase };
    const bad = evidenceOf({ comparisons: [comparedAs("worse")] });
    for (const evidence of [evidenceOf(), bad])
      expect(decide(over, evidence, plan, 9e9)).toMatchObject({ action: "hold", state: over });
  });
});

test.each`
  phase           | step | traffic
  ${"running"}    | ${0} | ${{ kind: "mirror", percent: 5 }}
  ${"paused"}     | ${1} | ${{ kind: "match", match: [{ method: "GET" }] }}
  ${"running"}    | ${2} | ${{ kind: "weight", canary: 30 }}
  ${"succeeded"}  | ${3} | ${{ kind: "weight", canary: 100 }}
  ${"rolledBack"} | ${2} | ${{ kind: "weight", canary: 0 }}
  ${"aborted"}    | ${3} | ${{ kind: "weight", canary: 0 }}
`("traffic of step $step, $phase, is $traffic", ({ phase, step, traffic }) => {
  const all = planOf({
    steps: [
      { mirror: 5, forMs: 0 },
      { match: [{ method: "GET" }], forMs: 0 },
      { weight: 30, forMs: 0 },
      { weight: 100, forMs: 0 },
    ],
  });
  expect(trafficOf(all, { ...startRollout(0), phase, step })).toEqual(traffic);
});
