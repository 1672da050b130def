import { Checks, type Compared, type RolloutPlan, type RolloutState, type Step } from "@weir/rollout";
import { describe, expect, test } from "vitest";
import {
  armWords,
  checksWords,
  guardShareWords,
  intervalWords,
  pointsText,
  powerWords,
} from "./check-words.ts";
import { commandOf, commandsOf } from "./command-words.ts";
import { findingsUnder, wrongSteps } from "./findings-under.ts";
import { foresightWords, planForesight } from "./foresight-words.ts";
import { planChanges } from "./plan-changes.ts";
import { lastWord, leftWords, progressOf, rolloutSentence } from "./rollout-sentence.ts";
import { standstill } from "./standstill.ts";
import { isTimeOver, stepClockWords } from "./step-clock.ts";

const plain = (text: string | undefined) => text?.replaceAll("\u202f", " ");
const minute = 60_000;
const steps: Step[] = [
  { weight: 5, forMs: 5 * minute },
  { weight: 50, forMs: 5 * minute, approval: true },
  { weight: 100, forMs: 10 * minute },
];
const plan = {
  ...{ targetRef: "payments", baseline: "v1", canary: "v2", staleAfterMs: 30_000 },
  steps,
} as Partial<RolloutPlan> as RolloutPlan;
const stateOf = (given: Partial<RolloutState> = {}): RolloutState => ({
  ...{ phase: "running", step: 0, round: 0, changes: 0, approved: false },
  ...{ inStepMs: 0, ranMs: 0, seenMs: 0, ...given },
});

describe("where a rollout stands", () => {
  test.each`
    state                               | sentence
    ${{}}                               | ${"Step 1 of 3: 5 % of the requests go to v2."}
    ${{ phase: "paused", step: 1 }}     | ${"Paused in step 2 of 3: 50 % of the requests go to v2."}
    ${{ phase: "succeeded", step: 2 }}  | ${"v2 took over: all requests of payments went to it."}
    ${{ phase: "rolledBack", step: 1 }} | ${"v2 was taken back by itself: all requests of payments went back to v1."}
    ${{ phase: "aborted", step: 1 }}    | ${"Somebody took v2 back: all requests of payments went back to v1."}
  `("$sentence", ({ state, sentence }) => {
    expect(rolloutSentence({ plan, state: stateOf(state) })).toBe(sentence);
  });

  test("how much of its time is behind, and left", () => {
    const told = { plan, state: stateOf({ step: 1, inStepMs: 2.5 * minute }) };
    expect(progressOf(told)).toBeCloseTo(7.5 / 20);
    expect(leftWords(told)).toBe("13 min left at least");
    expect(progressOf({ plan, state: stateOf({ phase: "succeeded", step: 2 }) })).toBe(1);
    expect(leftWords({ plan, state: stateOf({ phase: "succeeded", step: 2 }) })).toBeUndefined();
  });

  test.each`
    age                     | looked     | evidence   | words
    ${"looked at and told"} | ${"99000"} | ${"90000"} | ${undefined}
    ${"nobody looks"}       | ${"60000"} | ${"60000"} | ${/No controller has looked at it for 40 s/}
    ${"nothing is told"}    | ${"99000"} | ${"50000"} | ${/newest evidence is 50 s old/}
  `("$age", ({ looked, evidence, words }) => {
    const look = { atMs: Number(looked), evidence: { toMs: Number(evidence) } } as never;
    const told = standstill({ isOver: false, look, createdAtMs: 0, plan }, 100_000);
    if (words === undefined) expect(told).toBeUndefined();
    else expect(told).toMatch(words);
    expect(standstill({ isOver: true, look, createdAtMs: 0, plan }, 100_000)).toBeUndefined();
  });
});

describe("why a step lasts longer than its time", () => {
  const begun = { stepAtMs: 0, isOver: false };
  test.each`
    state                                    | nowMs         | words
    ${{}}                                    | ${8_000}      | ${"Step 2 began 8 s ago: it counts from the first evidence of it, which comes after 10 to 20 s."}
    ${{}}                                    | ${45_000}     | ${"Step 2 began 45 s ago, and there is no evidence of it yet: it counts from the first."}
    ${{ inStepMs: minute }}                  | ${75_000}     | ${"60 s of the 5 min of step 2 have counted: it began 75 s ago, and time without evidence of it does not count."}
    ${{ inStepMs: 5 * minute }}              | ${6 * minute} | ${"The time of step 2 is over (5 min): it goes on as soon as all that it waits for is there."}
    ${{ inStepMs: minute, phase: "paused" }} | ${9 * minute} | ${"60 s of the 5 min of step 2 have counted; none does while it is paused."}
    ${{ inStepMs: minute }}                  | ${-1}         | ${"60 s of the 5 min of step 2 have counted: it began 0 s ago, and time without evidence of it does not count."}
  `("$words", ({ state, nowMs, words }) => {
    expect(stepClockWords({ plan, ...begun, state: stateOf({ step: 1, ...state }) }, nowMs)).toBe(words);
  });

  test("what is over has none", () => {
    const over = { plan, state: stateOf({ phase: "aborted" }), stepAtMs: 0, isOver: true };
    expect(stepClockWords(over, minute)).toBeUndefined();
  });

  test.each`
    state                                        | over
    ${{ inStepMs: 5 * minute - 1 }}              | ${false}
    ${{ inStepMs: 5 * minute }}                  | ${true}
    ${{ inStepMs: 5 * minute, phase: "paused" }} | ${false}
  `("of $state the step's time is over: $over", ({ state, over }) => {
    expect(isTimeOver({ plan, state: stateOf(state) })).toBe(over);
  });
});

test.each`
  isOver   | action        | said
  ${false} | ${"hold"}     | ${"because"}
  ${true}  | ${"rollBack"} | ${"because"}
  ${true}  | ${"hold"}     | ${undefined}
`("of a rollout that is over ($isOver) a look that did $action says $said", ({ isOver, action, said }) => {
  expect(lastWord({ isOver, look: { action, reason: "because" } as never })).toBe(said);
});

describe("what can be asked of a rollout", () => {
  const kinds = (state: Partial<RolloutState>) =>
    commandsOf({ plan, state: stateOf(state) }).map(({ kind }) => kind);

  test.each`
    state                              | asked
    ${{}}                              | ${["pause", "skip", "promote", "abort"]}
    ${{ step: 1 }}                     | ${["approve", "pause", "skip", "promote", "abort"]}
    ${{ step: 1, approved: true }}     | ${["pause", "skip", "promote", "abort"]}
    ${{ step: 1, phase: "paused" }}    | ${["approve", "resume", "skip", "promote", "abort"]}
    ${{ step: 2 }}                     | ${["pause", "skip", "abort"]}
    ${{ step: 2, phase: "succeeded" }} | ${[]}
    ${{ step: 1, phase: "aborted" }}   | ${[]}
  `("in $state: $asked", ({ state, asked }) => {
    expect(kinds(state)).toEqual(asked);
  });

  test("what happens to traffic is said, and the step that was seen is named", () => {
    const skip = commandsOf({ plan, state: stateOf() }).find(({ kind }) => kind === "skip");
    expect(skip?.effect).toMatch(/^At once 50 % of the requests go to v2/);
    expect(commandOf("skip", 0)).toEqual({ kind: "skip", step: 0 });
    expect(commandOf("abort", 0)).toEqual({ kind: "abort" });
  });
});

describe("what the evidence says", () => {
  test.each`
    difference | text
    ${0.006}   | ${"+0.6"}
    ${-0.0123} | ${"-1.2"}
    ${0.00004} | ${"0"}
    ${0.25}    | ${"+25"}
  `("$difference is $text points", ({ difference, text }) => {
    expect(pointsText(difference)).toBe(text);
  });

  test.each`
    low       | high     | words
    ${-0.004} | ${0.006} | ${"between -0.4 and +0.6 points"}
    ${-1}     | ${1}     | ${"any difference is possible yet"}
    ${-1}     | ${0.02}  | ${"at most +2 points"}
    ${0.01}   | ${1}     | ${"at least +1 points"}
  `("from $low to $high: $words", ({ low, high, words }) => {
    expect(intervalWords({ low, high })).toBe(words);
  });

  test("a canary that is worse is never said to differ by nothing", () => {
    expect(intervalWords({ low: 0, high: 0.056 }, "worse")).toBe("more than 0, at most +5.6 points");
    expect(intervalWords({ low: 0, high: 1 }, "worse")).toBe("more than 0 points");
    expect(intervalWords({ low: 0, high: 0.056 }, "not enough evidence")).toBe("between 0 and +5.6 points");
  });

  test("a broken guard says what broke it, and not what it is of all requests before", () => {
    const verdict = {
      guard: { kind: "errorBudget", objective: 0.99, burnRate: 5, minRequests: 20 },
      ...{ tripped: true, requests: 5_199, observed: 0.0237, limit: 0.05 },
    } as const;
    const above = { requests: 600, hits: 120, ms: 32_000 };
    expect(plain(guardShareWords({ ...verdict, above }))).toBe(
      "20 % of the last 600 (32 s) fail, 5 % may: broken; 2.4 % of 5,199 in all",
    );
    expect(plain(guardShareWords({ ...verdict, tripped: false }))).toBe("2.4 % of 5,199 fail, 5 % may");
  });

  test("counts, and what is needed", () => {
    expect(plain(armWords({ requests: 1_000, hits: 21 }, "successRate"))).toBe("21 of 1,000 failed (2.1 %)");
    expect(armWords({ requests: 0, hits: 0 }, "latency")).toBe("no requests yet");
    const open = { smallestEffect: 0.02, samplesNeeded: 900, verdict: "not enough evidence" };
    expect(powerWords({ ...open, bunchSize: 3, check: "successRate" } as Compared)).toEqual([
      "The smallest effect it could have seen so far: +2 points.",
      "Needs about 900 more requests of the canary.",
      "They fail in bunches of about 3.0, which makes evidence grow slower.",
    ]);
  });
});

describe("what a plan will see", () => {
  const seen = (given: object) => ({
    requests: 600,
    checks: [],
    wanted: 300,
    likelyMs: 5 * minute,
    ...given,
  });

  test.each`
    step                       | given                                       | sufficiency  | verdict
    ${steps[0]}                | ${{}}                                       | ${"enough"}  | ${"enough: needs about 300"}
    ${steps[0]}                | ${{ wanted: 1_200, likelyMs: 10 * minute }} | ${"longer"}  | ${"needs about 1,200, some 10 min"}
    ${steps[0]}                | ${{ requests: 0, likelyMs: undefined }}     | ${"never"}   | ${"no requests now: it would wait"}
    ${steps[0]}                | ${{ wanted: undefined }}                    | ${"never"}   | ${"no number of requests would do"}
    ${{ match: [], forMs: 0 }} | ${{ requests: undefined }}                  | ${"unknown"} | ${"nobody knows how many match"}
  `("$verdict", ({ step, given, sufficiency, verdict }) => {
    expect(foresightWords(step, seen(given))).toMatchObject({ sufficiency, verdict });
  });

  test("the whole plan in a sentence", () => {
    const [first, second] = [steps[0]!, steps[2]!];
    expect(planForesight([first, second], [seen({}), seen({ likelyMs: 10 * minute })])).toBe(
      "At least 15 min in 2 steps, and hardly more.",
    );
    expect(planForesight([first], [seen({ likelyMs: 50 * minute })])).toBe(
      "At least 5 min in 1 step; as requests come now, about 50 min.",
    );
    expect(planForesight(steps, [seen({}), seen({ likelyMs: undefined }), seen({})])).toMatch(
      /somebody has to approve/,
    );
  });
});

test("an edit of the steps is told step by step", () => {
  const after = steps.map((step, at) => (at === 1 ? { weight: 40, forMs: 10 * minute } : step));
  expect(planChanges(steps, after)).toEqual([
    "Step 2: 50 % becomes 40 %; at least 5 min become 10 min; waits for no approval",
  ]);
  expect(planChanges(steps, steps.slice(1))).toEqual([
    "2 steps instead of 3: 50 % for 5 min, 100 % for 10 min",
  ]);
});

test("a finding stands at its member, and at no other that begins alike", () => {
  const at = (path: string) => ({ path, code: "", severity: "error", message: "", fix: "" }) as const;
  const findings = ["steps", "steps[1].forMs", "steps[10]", "checks.level"].map(at);
  expect(findingsUnder(findings, ["steps[1]"]).map(({ path }) => path)).toEqual(["steps[1].forMs"]);
  expect(wrongSteps(findings)).toEqual([1, 10]);
});

test("every check of a plan is named, others' too", () => {
  const checks = Checks.parse({
    ...{ successRate: {}, latency: { quantile: 0.95, margin: 0.02 }, sampleRatio: {} },
    guards: [{ kind: "latency", quantile: 0.99, limitMs: 500 }],
    queries: [{ name: "slo", url: "http://prometheus", query: "up", min: 1 }],
    webhooks: [{ name: "gate", url: "http://gate", when: "confirm" }],
  });
  expect(checksWords(checks)).toEqual([
    "success rate, +1 points pass",
    "latency at p95, +2 points pass",
    "sample ratio",
    "p99 below 500 ms",
    "query slo",
    "webhook gate (confirm)",
  ]);
});
