import { expect, test } from "vitest";
import { type RolloutState, startRollout } from "../decide/state.ts";
import { minuteMs, planOf } from "../testing/plans.ts";
import { durationFindings } from "./duration-findings.ts";
import { foreseePlan } from "./foresee-plan.ts";

const hourMs = 60 * minuteMs;
const few = { requestsPerS: 0.5, failureShare: 0.01 };
const many = { requestsPerS: 100, failureShare: 0.01 };

function findings(
  given: Parameters<typeof planOf>[0],
  { traffic = few, state }: { traffic?: typeof few; state?: Partial<RolloutState> } = {},
) {
  const plan = planOf(given);
  const stored = state && { ...startRollout(0), ...state };
  return durationFindings(plan, foreseePlan(plan, traffic), stored);
}

const weights = (...all: readonly number[]) => all.map((weight) => ({ weight, forMs: minuteMs }));
const slow = { steps: weights(1, 50, 100), maxDurationMs: 24 * hourMs };

test("with so few requests the smallest weight takes longer than the plan may last", () => {
  expect(findings(slow)).toEqual([
    {
      ...{ code: "pauses-early", path: "steps", severity: "warning" },
      message: expect.stringMatching(
        /^as requests come now, the steps take about \d+ h, step 1 alone \d+ h: the rollout would pause after 24 h, before its end$/,
      ),
      fix: expect.stringMatching(
        /^Allow the checks a wider margin, give step 1 a larger weight, or raise maxDurationMs to \d+00000 \(\d+ h\) or more\.$/,
      ),
    },
  ]);
});

test.each`
  given                                                    | why
  ${{ ...slow, steps: weights(50, 100) }}                  | ${"with a larger first weight"}
  ${{ ...slow, checks: { successRate: { margin: 0.2 } } }} | ${"with a wider margin"}
  ${{ ...slow, maxDurationMs: 720 * hourMs }}              | ${"with all the time there is"}
`("$why it comes to its end, as the remedies say", ({ given }) => {
  expect(findings(given)).toEqual([]);
});

test("with many requests no plan is too long", () => {
  expect(findings(slow, { traffic: many })).toEqual([]);
});

test("raised to what it says, the longest time is long enough", () => {
  const [, to] = /raise maxDurationMs to (\d+)/.exec(findings(slow)[0]?.fix ?? "") ?? [];
  expect(findings({ ...slow, maxDurationMs: Number(to) })).toEqual([]);
});

test("a step that waits for its own number of requests is told so", () => {
  const steps = [{ mirror: 1, forMs: 0, minRequests: 10_000, compare: false }, ...weights(100)];
  expect(findings({ ...slow, steps })[0]?.fix).toMatch(
    /^Ask for fewer requests in step 1, give step 1 a larger share, or raise/,
  );
});

test("more than a plan may ever last is no remedy", () => {
  const steps = [{ weight: 1, forMs: 0, minRequests: 100_000 }, ...weights(100)];
  expect(findings({ ...slow, steps })[0]?.fix).toBe(
    "Ask for fewer requests in step 1 or give step 1 a larger weight.",
  );
});

test("without requests, and until somebody approves, only the steps' own times are known", () => {
  const none = { requestsPerS: 0, failureShare: 0 };
  expect(findings(slow, { traffic: none })).toEqual([]);
  const steps = [{ weight: 1, forMs: minuteMs, approval: true }, ...weights(50, 100)];
  expect(findings({ ...slow, steps })).toEqual([]);
});

test("of a rollout under way only what lies ahead counts, and the time that it ran", () => {
  const at = (step: number, ranMs: number, phase: RolloutState["phase"] = "running") =>
    findings(slow, { state: { step, ranMs, phase } });
  expect(at(1, hourMs)).toEqual([]);
  expect(at(1, 24 * hourMs)).toMatchObject([
    { message: expect.stringMatching(/^as requests come now, the steps left take/) },
  ]);
  expect(at(1, 24 * hourMs)[0]?.fix).toMatch(/^Give the steps ahead larger weights or raise/);
  expect(at(1, 24 * hourMs, "paused")).toEqual([]);
});
