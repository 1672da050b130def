import { expect, test } from "vitest";
import { minuteMs, planOf } from "../testing/plans.ts";
import type { PlanReplay } from "./replay-plan.ts";
import { degradationWords, momentWords, replayNotes, replaySentence } from "./replay-words.ts";

const plan = planOf();
const spread = (median: number, by = 0) => ({ median, p10: median - by, p90: median + by });
const replay = (given: Partial<PlanReplay> = {}): PlanReplay => ({
  ...{ runs: 100, takenBack: 0, stopped: 0, passed: 100, unfinished: 0, caught: [] },
  ...{ caughtMs: undefined, passedMs: spread(27 * minuteMs, minuteMs), enteredMs: [0, 60_000, 120_000] },
  ...{ reached: spread(20_000), suffered: spread(0), straight: { reached: 1e6, suffered: 0 } },
  ...{ waiting: undefined, matchedShare: 0.01, windowMs: 60 * minuteMs, lengthMs: 60 * minuteMs, ...given },
});
const caught = (runs: number, step = 0) =>
  Array.from({ length: runs }, () => ({ atMs: 200_000, step, by: "successRate" as const }));
const harm = { errors: { points: 0.02 } };
const bad = {
  ...{ passed: 0, takenBack: 100, caught: caught(100), caughtMs: spread(200_000) },
  ...{ suffered: spread(412), straight: { reached: 1e6, suffered: 51_000 } },
};

test.each`
  degradation                                             | words
  ${{}}                                                   | ${"a canary as good as the baseline"}
  ${{ errors: { points: 0 }, latency: { times: 1 } }}     | ${"a canary as good as the baseline"}
  ${harm}                                                 | ${"a canary that fails 2 points more often"}
  ${{ errors: { times: 2.5 }, latency: { addedMs: 40 } }} | ${"a canary that fails 2.5 times as often and takes 40 ms longer"}
  ${{ latency: { times: 1.5 }, fromStep: 1 }}             | ${"a canary that takes 1.5 times as long, from 50 % on"}
`("$degradation is $words", ({ degradation, words }) => {
  expect(degradationWords(degradation, plan)).toBe(words);
});

test.each`
  what                     | degradation | given                                                                         | sentence
  ${"all good"}            | ${{}}       | ${{}}                                                                         | ${"A canary as good as the baseline would have come to its end after 27 min (26 min to 28 min)."}
  ${"a false alarm"}       | ${{}}       | ${{ passed: 99, takenBack: 1 }}                                               | ${"A canary as good as the baseline would have come to its end after 27 min (26 min to 28 min) in 99 of 100 runs, and been taken back wrongly in 1 of 100 runs."}
  ${"no end"}              | ${{}}       | ${{ passed: 0, passedMs: undefined }}                                         | ${"A canary as good as the baseline would not have come to its end within 60 min."}
  ${"caught"}              | ${harm}     | ${bad}                                                                        | ${"A canary that fails 2 points more often would have been caught after 3 min 20 s at 10 %; 412 requests would have suffered, 51,000 had all gone to it at once."}
  ${"caught now and then"} | ${harm}     | ${{ ...bad, passed: 40, caught: caught(60, 1) }}                              | ${"A canary that fails 2 points more often would have been caught in 60 of 100 runs, after 3 min 20 s at 50 %; 412 requests would have suffered, 51,000 had all gone to it at once."}
  ${"not caught"}          | ${harm}     | ${{ ...bad, passed: 100, caught: [], caughtMs: undefined }}                   | ${"A canary that fails 2 points more often would not have been caught; 412 requests would have suffered, 51,000 had all gone to it at once."}
  ${"too little traffic"}  | ${harm}     | ${{ ...bad, takenBack: 0, unfinished: 100, caught: [], caughtMs: undefined }} | ${"A canary that fails 2 points more often would neither have been caught nor have passed within 60 min; 412 requests would have suffered, 51,000 had all gone to it at once."}
  ${"one alone"}           | ${harm}     | ${{ ...bad, suffered: spread(1) }}                                            | ${"A canary that fails 2 points more often would have been caught after 3 min 20 s at 10 %; 1 request would have suffered, 51,000 had all gone to it at once."}
`("$what", ({ degradation, given, sentence }) => {
  expect(replaySentence(plan, degradation, replay(given))).toBe(sentence);
});

test("what is left open is said, and what it was made of", () => {
  const notes = replayNotes(
    planOf({ steps: [{ weight: 100, forMs: minuteMs, approval: true }] }),
    harm,
    replay({
      ...{ passed: 30, stopped: 2, lengthMs: 150 * minuteMs },
      waiting: { runs: 68, step: 0, reason: "needs more" },
    }),
  );
  expect(notes).toEqual([
    "In 68 of 100 runs it was not over after 3 h: needs more.",
    "In 30 of 100 runs it passed unseen.",
    "In 2 of 100 runs it paused for somebody to look.",
    "The window is shorter than the plan: its 60 min came 2.5 times.",
    "On these requests that does no harm that could be seen.",
    "Approvals are taken as given at once.",
  ]);
  expect(replayNotes(plan, {}, replay())).toEqual([]);
});

test("what the past cannot tell is named", () => {
  const match = [{ headers: [{ name: "x-tester", present: true as const }] }];
  const webhook = { name: "tests", url: "http://ci.example/", when: "confirm" as const };
  const asking = planOf({
    steps: [
      { match, forMs: minuteMs },
      { weight: 100, forMs: minuteMs },
    ],
    ...{ testers: match, checks: { successRate: {}, webhooks: [webhook] } },
  });
  expect(replayNotes(asking, {}, replay())).toEqual([
    "What a match chooses is taken to be 1 % of the requests.",
    "Testers' requests are not told apart.",
    "Queries and webhooks are taken as passed.",
  ]);
});

test.each`
  ms           | words
  ${10_000}    | ${"10 s"}
  ${200_000}   | ${"3 min 20 s"}
  ${240_000}   | ${"4 min"}
  ${1_630_000} | ${"27 min"}
`("$ms ms are $words", ({ ms, words }) => {
  expect(momentWords(ms)).toBe(words);
});
