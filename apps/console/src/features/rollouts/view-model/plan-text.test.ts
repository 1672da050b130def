import { matchWords } from "@weir/domain/browser";
import { describe, expect, test } from "vitest";
import { placeInText, readPlanText, writePlanText } from "./plan-text.ts";
import { readPlan } from "./read-plan.ts";
import { simpleMatch } from "./simple-match.ts";
import { firstPlan, stepsOf, strategies, strategyOf } from "./templates.ts";

const subject = { namespace: "shop", service: "payments", versions: ["v1", "v2"], stableVersion: "v1" };

test.each(strategies)("a plan of the shape %s is written, and read again", (strategy) => {
  const plan = firstPlan(strategy, subject);
  const { value, problem } = readPlanText(writePlanText(plan));
  expect(problem).toBeUndefined();
  expect(readPlan(value)).toEqual(plan);
  expect(strategyOf(plan)).toBe(strategy);
  expect(plan).toMatchObject({ name: "payments-v2", baseline: "v1", canary: "v2", steps: stepsOf(strategy) });
});

describe("what is half written is not drawn", () => {
  const plan = firstPlan("canary", subject);
  test.each([
    ["a text", "steps"],
    ["no steps", { ...plan, steps: [] }],
    ["a step without its time", { ...plan, steps: [{ weight: 5 }] }],
    ["a step that is nothing", { ...plan, steps: [{ forMs: 5 }] }],
    ["a weight that is none", { ...plan, steps: [{ weight: "5 %", forMs: 5 }] }],
    ["a match that is none", { ...plan, steps: [{ match: { method: "GET" }, forMs: 5 }] }],
    ["headers that are none", { ...plan, testers: [{ headers: "x-user" }] }],
    ["checks that are none", { ...plan, checks: ["successRate"] }],
    ["a guard of no kind", { ...plan, checks: { guards: [{ kind: "memory" }] } }],
    ["a name that is none", { ...plan, name: 5 }],
  ])("%s", (_, value) => {
    expect(readPlan(value)).toBeUndefined();
  });
});

test("what is not YAML is told where it stands", () => {
  expect(readPlanText("steps: [\nname: x").problem).toMatchObject({ code: "not-yaml", severity: "error" });
});

test("a finding stands at its part of the text", () => {
  const text = writePlanText(firstPlan("canary", subject));
  const finding = { code: "x", path: "steps[1].weight", severity: "error", message: "", fix: "" } as const;
  const [placed] = placeInText(text, [finding]);
  expect(text.slice(placed?.from, placed?.to)).toBe("weight");
  expect(placed?.line).toBeGreaterThan(8);
});

test.each`
  match                                            | simple                                            | words
  ${{ headers: [{ name: "x-user", exact: "b" }] }} | ${{ kind: "header", name: "x-user", exact: "b" }} | ${"x-user = b"}
  ${{ path: { prefix: "/pay" } }}                  | ${{ kind: "path", prefix: "/pay" }}               | ${"path begins with /pay"}
  ${{ method: "GET", path: { exact: "/" } }}       | ${undefined}                                      | ${"GET, path = /"}
  ${{ headers: [{ name: "a", present: true }, { name: "b", present: false }] }} | ${undefined} | ${"has a, has no b"}
  ${{}}                                            | ${undefined}                                      | ${"every request"}
`("$words", ({ match, simple, words }) => {
  expect(simpleMatch(match)).toEqual(simple);
  expect(matchWords(match)).toBe(words);
});
