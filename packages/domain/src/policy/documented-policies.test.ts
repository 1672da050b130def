import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { Policy, policyKinds } from "./policy.ts";

const page = readFileSync(new URL("../../../../docs/policies.md", import.meta.url), "utf8");
const examples = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, yaml = ""]) => parse(yaml));

test("every kind of policy has an example in the documentation", () => {
  expect(examples.map(({ kind }) => kind).sort()).toEqual([...policyKinds].sort());
});

test.each(examples.map((example) => [example.kind, example] as const))(
  "the example of %s is valid",
  (_, example) => {
    expect(Policy.safeParse({ namespace: "shop", ...example }).error).toBeUndefined();
  },
);
