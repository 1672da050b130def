import { RolloutPlan } from "@weir/rollout";
import { type Durations, durationsOf } from "./durations.ts";
import type { Scenario } from "./scenario.ts";

const minuteMs = 60_000;
const usual = durationsOf(230);

/** The plan of the figures: a tenth of the requests, watched for half an hour. */
const watched = planOf([10], 30 * minuteMs, 60 * minuteMs);
const patient = planOf([10], 120 * minuteMs, 120 * minuteMs);
/** All requests at once, under guards alone. */
const blueGreen = guardedPlan(30 * minuteMs, 60 * minuteMs);
/** A rollout as people write it. */
const climbing = planOf([5, 10, 25, 50], 2 * minuteMs, 120 * minuteMs);

const constant = (canary: number, baseline = canary) => ({ errors: () => ({ canary, baseline }) });
const same = (durations: Durations) => ({ durations: { canary: durations, baseline: durations } });
const healthy = {
  ...same(usual),
  plan: watched,
  requestsPerSecond: 100,
  forMs: 30 * minuteMs,
  beside: true,
  harmMs: undefined,
  bunch: 1,
};
const harmful = { ...healthy, harmMs: 0 };

export const scenarios = {
  healthy: { ...healthy, name: "healthy, 1 % errors", ...constant(0.01) },
  fewErrors: { ...healthy, name: "healthy, 0.1 % errors", ...constant(0.001) },
  incident: {
    ...healthy,
    name: "healthy, both at 5 % for 10 min",
    errors: (atMs: number) => {
      const share = atMs >= 5 * minuteMs && atMs < 15 * minuteMs ? 0.05 : 0.01;
      return { canary: share, baseline: share };
    },
  },
  bunched: { ...healthy, name: "healthy, 1 % errors, five at a time", bunch: 5, ...constant(0.01) },
  quiet: {
    ...healthy,
    name: "healthy, 2 requests/s",
    requestsPerSecond: 2,
    ...constant(0.01),
  },
  doubled: { ...harmful, name: "errors 1 % -> 2 %", ...constant(0.02, 0.01) },
  tenfold: { ...harmful, name: "errors 1 % -> 10 %", ...constant(0.1, 0.01) },
  doubledBunched: {
    ...{ ...harmful, name: "errors 1 % -> 2 %, five at a time", bunch: 5 },
    ...constant(0.02, 0.01),
  },
  small: { ...harmful, name: "errors 0.1 % -> 0.5 %", ...constant(0.005, 0.001) },
  late: {
    ...healthy,
    harmMs: 15 * minuteMs,
    name: "errors 1 % -> 2 % after 15 min",
    errors: (atMs: number) => ({ canary: atMs >= 15 * minuteMs ? 0.02 : 0.01, baseline: 0.01 }),
  },
  quietHarm: {
    ...harmful,
    ...{
      name: "errors 1 % -> 10 %, 2 requests/s",
      plan: patient,
      forMs: 120 * minuteMs,
      requestsPerSecond: 2,
    },
    ...constant(0.1, 0.01),
  },
  slow: {
    ...harmful,
    ...{ name: "p99 230 -> 345 ms", ...constant(0.001) },
    durations: { canary: durationsOf(345), baseline: usual },
  },
  slowTail: {
    ...harmful,
    ...{ name: "p99 + 50 %, by the slowest 2 % alone", ...constant(0.001) },
    durations: { canary: durationsOf(230, { share: 0.02, times: 1.5 }), baseline: usual },
  },
  slower: {
    ...harmful,
    ...{ name: "p99 400 -> 600 ms", ...constant(0.001) },
    durations: { canary: durationsOf(600), baseline: durationsOf(400) },
  },
  climb: {
    ...healthy,
    ...{ name: "5 to 100 %, healthy, 1 % errors", plan: climbing, forMs: 120 * minuteMs, beside: false },
    ...constant(0.01),
  },
  climbBad: {
    ...harmful,
    ...{ name: "5 to 100 %, errors 1 % -> 2 %", plan: climbing, forMs: 120 * minuteMs, beside: false },
    ...constant(0.02, 0.01),
  },
  atLimit: {
    ...{ ...healthy, name: "guard of 5 %, 5 % errors at 100 %", plan: blueGreen, requestsPerSecond: 24 },
    ...{ beside: false, errors: () => ({ canary: 0.05, baseline: 0 }) },
  },
  overLimit: {
    ...{
      ...healthy,
      name: "guard of 5 %, 0.5 % -> 20 % after 3 min",
      plan: blueGreen,
      requestsPerSecond: 24,
    },
    ...{ beside: false, harmMs: 3 * minuteMs },
    errors: (atMs: number) => ({ canary: atMs >= 3 * minuteMs ? 0.2 : 0.005, baseline: 0 }),
  },
} satisfies Readonly<Record<string, Scenario>>;

export type ScenarioName = keyof typeof scenarios;

function guardedPlan(forMs: number, maxDurationMs: number): RolloutPlan {
  const guards = [
    { kind: "errorBudget", objective: 0.99, burnRate: 5 },
    { kind: "latency", quantile: 0.99, limitMs: 2_000 },
  ];
  const steps = [{ weight: 100, forMs }];
  return RolloutPlan.parse({ ...planOf([], forMs, maxDurationMs), steps, checks: { guards } });
}

function planOf(weights: readonly number[], forMs: number, maxDurationMs: number): RolloutPlan {
  return RolloutPlan.parse({
    ...{ name: "simulated", namespace: "shop", targetRef: "payments", baseline: "v1", canary: "v2" },
    steps: [...weights, 100].map((weight) => ({ weight, forMs })),
    checks: {
      ...{ successRate: {}, latency: {}, sampleRatio: {} },
      guards: [
        { kind: "errorBudget", objective: 0.99, burnRate: 14.4 },
        { kind: "latency", quantile: 0.99, limitMs: 2_000 },
      ],
    },
    maxDurationMs: Math.max(maxDurationMs, forMs * (weights.length + 1)),
  });
}
