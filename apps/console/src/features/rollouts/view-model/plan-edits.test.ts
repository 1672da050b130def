import { expect, test } from "vitest";
import { planEdits } from "./plan-edits.ts";
import { planText, readPlanText } from "./plan-text.ts";
import { readPlan } from "./read-plan.ts";

const [a, b, c] = [{ name: "a" }, { name: "b" }, { name: "c" }];
const set = (path: unknown[], value: unknown) => ({ does: "set", path, value });
const remove = (...path: unknown[]) => ({ does: "remove", path });

test.each`
  before                   | after                    | edits                            | why
  ${{ x: 1 }}              | ${{ x: 1 }}              | ${[]}                            | ${"nothing changes"}
  ${{ x: { y: 1, z: 2 } }} | ${{ x: { y: 1, z: 3 } }} | ${[set(["x", "z"], 3)]}          | ${"a member of a member"}
  ${{ x: 1 }}              | ${{ y: 2 }}              | ${[remove("x"), set(["y"], 2)]}  | ${"one goes, one comes"}
  ${{ x: 1 }}              | ${{ x: [1] }}            | ${[set(["x"], [1])]}             | ${"another shape"}
  ${{ x: [a, b] }}         | ${{ x: [a, b, c] }}      | ${[set(["x", 2], c)]}            | ${"one more at the end"}
  ${{ x: [a, b, c] }}      | ${{ x: [a, c] }}         | ${[remove("x", 1)]}              | ${"one less between"}
  ${{ x: [a, b, c] }}      | ${{ x: [] }}             | ${Array(3).fill(remove("x", 0))} | ${"all go"}
  ${{ x: [a, c] }}         | ${{ x: [a, b, c] }}      | ${[set(["x"], [a, b, c])]}       | ${"one more between"}
  ${{ x: [a, b] }}         | ${{ x: [a, c] }}         | ${[set(["x", 1, "name"], "c")]}  | ${"a member of an item"}
  ${{ x: [a, b, c] }}      | ${{ x: [b, c] }}         | ${[remove("x", 0)]}              | ${"the first goes"}
`("$why", ({ before, after, edits }) => {
  expect(planEdits(before, after)).toEqual(edits);
});

const text = `# of release 2.4
name: payments-v2
namespace: shop
targetRef: payments
baseline: v1
canary: v2 # with the new ledger
steps:
  - { weight: 10, forMs: 60000 } # a look
  - { weight: 100, forMs: 60000 }
checks:
  successRate: { margin: 0.01 }
  webhooks:
    # they know
    - { name: gate, url: "http://gate", when: confirm } # ask ada
`;

test("what fields change in a text leaves its comments where they are", () => {
  const plan = readPlan(readPlanText(text).value)!;
  const checks = {
    ...plan.checks,
    queries: [{ name: "slo", url: "http://prometheus:9090", query: "up", max: 1 }],
    webhooks: [{ ...plan.checks!.webhooks![0]!, retries: undefined, when: "step" as const }],
  };
  expect(planText({ ...plan, checks }, { text, plan })).toBe(
    text.replace("when: confirm", "when: step") +
      "  queries:\n    - name: slo\n      url: http://prometheus:9090\n      query: up\n      max: 1\n",
  );
  expect(planText({ ...plan }, { text, plan })).toBe(text);
});

test("a text that says something else altogether is written anew", () => {
  const plan = readPlan(readPlanText(text).value)!;
  const written = { text: "- steps [", plan };
  expect(planText(plan, written)).toBe("- steps [");
  expect(readPlanText(planText({ ...plan }, written)).value).toEqual(plan);
});
