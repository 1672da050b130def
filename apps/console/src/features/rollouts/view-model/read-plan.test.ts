import { matchWords } from "@weir/domain/browser";
import { RolloutPlan } from "@weir/rollout";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quantileText } from "./check-words.ts";
import { comparesAt } from "./compares-at.ts";
import { planChanges } from "./plan-changes.ts";
import type { PlanDraft } from "./plan-draft.ts";
import * as drafts from "./plan-draft.ts";
import { placeInText, readPlanText, writePlanText } from "./plan-text.ts";
import { quantileOptions } from "./quantile-options.ts";
import { readPlan } from "./read-plan.ts";
import { simpleMatch } from "./simple-match.ts";
import { spanText, steppedSpan } from "./span-text.ts";
import { staircase, timeScale } from "./staircase.ts";
import { shortStep, stepEffect } from "./step-words.ts";
import { firstPlan, strategyOf } from "./templates.ts";

const subject = { namespace: "shop", service: "payments", versions: ["v1", "v2"], stableVersion: "v1" };

/** With every member that a plan may have. */
const whole: PlanDraft = {
  ...firstPlan("canary", subject),
  ...{ staleAfterMs: 30_000, maxDurationMs: 3_600_000, sticky: { cookie: "session", maxAgeS: 60 } },
  testers: [
    {
      ...{ path: { prefix: "/pay" }, method: "GET" },
      headers: [{ name: "x-user-type", exact: "beta-tester" }],
      query: [{ name: "preview", present: true }],
    },
  ],
  steps: [
    { mirror: 10, forMs: 60_000, minRequests: 50 },
    { match: [{ headers: [{ name: "x-tester", prefix: "a" }] }], forMs: 60_000, compare: true },
    { weight: 10, forMs: 60_000, approval: true },
    { weight: 100, forMs: 60_000 },
  ],
  checks: {
    ...{ level: 0.01, passLevel: 0.05, successRate: { margin: 0.01 }, sampleRatio: { tolerance: 0.2 } },
    latency: { quantile: 0.99, margin: 0.01 },
    guards: [
      { kind: "errorBudget", objective: 0.99, burnRate: 10, minRequests: 20 },
      { kind: "latency", quantile: 0.99, limitMs: 500 },
    ],
    queries: [{ name: "slo", url: "http://prometheus", query: "up", min: 0, max: 1 }],
    webhooks: [{ name: "gate", url: "http://gate", when: "confirm", timeoutMs: 500, retries: 1 }],
  },
};

/** All that the page makes of a plan, but for its elements. */
function drawn(plan: PlanDraft): unknown[] {
  const { steps, checks = {}, testers = [] } = plan;
  const { queries = [], webhooks = [] } = checks;
  return [
    ...[
      writePlanText(plan),
      strategyOf(plan),
      planChanges(whole.steps, steps),
      planChanges(steps, whole.steps),
    ],
    ...[staircase(steps, timeScale(steps, 900)), drafts.leastMs(steps)],
    ...steps.map((step, at) => [
      ...[shortStep(step), stepEffect(step, plan.canary), comparesAt(steps, at), spanText(step.forMs)],
      ...[drafts.percentBounds(steps, at), drafts.withPercent(steps, at, 20), drafts.addedAfter(steps, at)],
      ...[drafts.removed(steps, at), drafts.moved(steps, at, 1), drafts.withStep(steps, at, { forMs: 1 })],
      ...[drafts.withFirst(steps, step), steppedSpan(step.forMs)],
      ...("match" in step ? step.match : []).map((match) => [matchWords(match), simpleMatch(match)]),
    ]),
    ...testers.map((match) => [matchWords(match), simpleMatch(match)?.kind]),
    ...(checks.guards ?? []).map((guard) => guard.kind === "latency" && quantileOptions(guard.quantile)),
    ...[checks.latency && quantileText(checks.latency.quantile ?? 0.99)],
    ...[...queries, ...webhooks].map(({ name, url }) => [name, url]),
    ...[placeInText(writePlanText(plan), [])],
  ];
}

test("a plan with every member is read as it is, and drawn", () => {
  expect(readPlan(whole)).toBe(whole);
  expect(RolloutPlan.safeParse(whole).success).toBe(true);
  expect(() => drawn(whole)).not.toThrow();
});

describe("what is half written is not drawn", () => {
  test.each([
    ['sticky: "coo"', { sticky: "coo" }],
    ["sticky of nothing", { sticky: {} }],
    ["sticky without a value", { sticky: null }],
    ["a cookie without a name", { sticky: { cookie: null } }],
    ["requests that are no number", { steps: [{ weight: 100, forMs: 0, minRequests: "abc" }] }],
    ["a list for a time", { staleAfterMs: [] }],
    ["a time without a value", { maxDurationMs: null }],
    ["a step that is nothing", { steps: [null] }],
    ["a mirror beside a weight that is none", { steps: [{ weight: 100, mirror: "x", forMs: 0 }] }],
    ["an approval that is a text", { steps: [{ weight: 100, forMs: 0, approval: "yes" }] }],
    ["no testers yet", { testers: null }],
    ["a header of nothing", { testers: [{ headers: [{ name: "x" }] }] }],
    ["a path that is a text", { testers: [{ path: "/pay" }] }],
    [
      "a guard's requests",
      { checks: { guards: [{ kind: "latency", quantile: 0.5, limitMs: 1, minRequests: "x" }] } },
    ],
    ["a margin without a value", { checks: { successRate: { margin: null } } }],
    ["checks without a value", { checks: null }],
    ["a query that is a text", { checks: { queries: ["up"] } }],
    ["a bound that is a text", { checks: { queries: [{ name: "a", min: "1" }] } }],
    ["webhooks that are no list", { checks: { webhooks: {} } }],
    ["an infinite time", { maxDurationMs: Number.POSITIVE_INFINITY }],
  ])("%s", (_, given) => {
    expect(readPlan({ ...whole, ...given })).toBeUndefined();
  });
});

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, own]) =>
      pathsOf(own, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

function withAt(value: unknown, [key, ...rest]: Path, put: unknown): unknown {
  if (key === undefined || typeof value !== "object" || value === null) return put;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  copy[key] = withAt(copy[key], rest, put);
  if (copy[key] !== undefined) return copy;
  return Array.isArray(value)
    ? value.filter((_, at) => at !== key)
    : Object.fromEntries(Object.entries(copy).filter(([own]) => own !== key));
}

const junk = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, "", "coo", 0, -1, 1.5, 1e308, true, [], {}, [null], "none"),
  fc.constantFrom<unknown>(
    [{}],
    { cookie: 1 },
    { kind: "latency" },
    { name: null },
    { exact: 5 },
    ["a"],
    [[]],
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
/** As often as not another value of the type that stands there. */
const change = fc
  .constantFrom(...pathsOf(whole))
  .chain((path) =>
    fc.tuple(fc.constant(path), fc.oneof(junk, likeOf(path.reduce<unknown>(memberOf, whole)))),
  );
const halfWritten = fc
  .array(change, { minLength: 1, maxLength: 3 })
  .map((changes) => changes.reduce<unknown>((plan, [path, put]) => withAt(plan, path, put), whole));

function memberOf(value: unknown, key: string | number): unknown {
  return (value as Readonly<Record<string | number, unknown>>)[key];
}

function likeOf(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value === "number") return fc.double({ noNaN: true, noDefaultInfinity: true });
  return typeof value === "string" ? fc.string() : fc.constant(value);
}

describe("whatever somebody is about to write", () => {
  test("is drawn without a fault, or not at all", () => {
    let read = 0;
    fc.assert(
      fc.property(halfWritten, (value) => {
        const plan = readPlan(value);
        if (plan === undefined) return;
        read++;
        drawn(plan);
      }),
      { numRuns: 1_500 },
    );
    expect(read).toBeGreaterThan(100);
  });

  test("as text it comes to the same", () => {
    fc.assert(
      fc.property(halfWritten, (value) => {
        const { value: said } = readPlanText(writePlanText(value as PlanDraft));
        const plan = readPlan(said);
        if (plan !== undefined) drawn(plan);
      }),
      { numRuns: 500 },
    );
  });

  test("of what is drawn the schema finds no member of another type", () => {
    fc.assert(
      fc.property(halfWritten, (value) => {
        if (readPlan(value) === undefined) return;
        const { issues = [] } = RolloutPlan.safeParse(value).error ?? {};
        const misshapen = issues.filter(
          ({ code, path: [first, list, , ...inItem], ...issue }) =>
            code === "invalid_type" &&
            !("expected" in issue && issue.expected === "int") &&
            !(first === "checks" && (list === "queries" || list === "webhooks") && inItem.length > 0),
        );
        expect(misshapen).toEqual([]);
      }),
      { numRuns: 1_500 },
    );
  });
});
