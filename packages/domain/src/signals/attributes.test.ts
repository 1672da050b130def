import { expect, test } from "vitest";
import { decisionAttributes, identityHeaders, meshAttributes, metricNames } from "./attributes.ts";

test.each`
  group               | names
  ${"metrics"}        | ${metricNames}
  ${"attributes"}     | ${meshAttributes}
  ${"decision's own"} | ${decisionAttributes}
  ${"headers"}        | ${identityHeaders}
`("no two of the $group share a name", ({ names }) => {
  const all = Object.values(names);
  expect(new Set(all).size).toBe(all.length);
});

test("identity headers are in lower case, as the parser hands names over", () => {
  for (const name of Object.values(identityHeaders)) expect(name).toMatch(/^[a-z-]+$/);
});

test("what a decision adds doesn't collide with what every request carries", () => {
  const shared = new Set<string>(Object.values(meshAttributes));
  expect(Object.values(decisionAttributes).filter((name) => shared.has(name))).toEqual([]);
});
