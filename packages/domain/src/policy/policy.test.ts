import { expect, test } from "vitest";
import { parseOrThrow, ValidationError } from "../validation-error.ts";
import { Policy } from "./policy.ts";

const backends = [
  { version: "v1", weight: 70 },
  { version: "v2", weight: 30 },
];
const common = { name: "split", namespace: "shop", targetRef: "payments" };
const canary = { kind: "canary", ...common, backends };
const route = { kind: "route", ...common, rules: [{ match: [{ method: "GET" }], backends }] };

test.each`
  what                   | policy
  ${"a canary"}          | ${canary}
  ${"a route"}           | ${route}
  ${"one with its mode"} | ${{ ...canary, mode: "enforce" }}
`("$what comes back as it went in", ({ policy }) => {
  expect(Policy.parse(policy)).toEqual(policy);
});

const { targetRef: _targetRef, ...withoutTarget } = canary;

test.each`
  what                            | policy                                                                                                      | path                                         | message
  ${"an unknown kind"}            | ${{ ...canary, kind: "wish" }}                                                                              | ${"kind"}                                    | ${"unknown kind of policy; this release knows route, canary, circuitBreaker, outlierDetection, loadBalancer, rateLimit and authorization"}
  ${"a missing kind"}             | ${{ ...common, backends }}                                                                                  | ${"kind"}                                    | ${/unknown kind/}
  ${"a kind in capitals"}         | ${{ ...canary, kind: "Canary" }}                                                                            | ${"kind"}                                    | ${/unknown kind/}
  ${"an unknown key"}             | ${{ ...canary, weight: 3 }}                                                                                 | ${"weight"}                                  | ${/not known here/}
  ${"another kind's key"}         | ${{ ...canary, rules: route.rules }}                                                                        | ${"rules"}                                   | ${/not known here/}
  ${"an unknown key deep inside"} | ${{ ...route, rules: [{ backends, match: [{ headers: [{ name: "a", exact: "b", ignoreCase: true }] }] }] }} | ${"rules[0].match[0].headers[0].ignoreCase"} | ${/not known here/}
  ${"an unknown mode"}            | ${{ ...canary, mode: "dry-run" }}                                                                           | ${"mode"}                                    | ${/observe/}
  ${"a null mode"}                | ${{ ...canary, mode: null }}                                                                                | ${"mode"}                                    | ${/observe/}
  ${"a name that is no label"}    | ${{ ...canary, name: "Split_1" }}                                                                           | ${"name"}                                    | ${/DNS label/}
  ${"a missing target"}           | ${withoutTarget}                                                                                            | ${"targetRef"}                               | ${/^is missing$/}
  ${"a revision from outside"}    | ${{ ...canary, revision: 4 }}                                                                               | ${"revision"}                                | ${/not known here/}
  ${"an array"}                   | ${[canary]}                                                                                                 | ${""}                                        | ${/expected object/}
  ${"null"}                       | ${null}                                                                                                     | ${""}                                        | ${/expected object/}
`("$what is refused at '$path'", ({ policy, path, message }) => {
  const findings = thrownBy(() => parseOrThrow(Policy, policy, "policy")).findings;
  expect(findings.find((f) => f.path === path)?.message).toMatch(message);
});

test("several mistakes are reported at once, each with its path", () => {
  const policy = { ...canary, name: "", backends: [{ version: "v 1", weight: 1.5 }] };
  const error = thrownBy(() => parseOrThrow(Policy, policy, "policy split"));
  expect(error.findings.map((f) => f.path)).toEqual(["name", "backends[0].version", "backends[0].weight"]);
  expect(error.message).toMatch(/^policy split: name: must be a DNS label.*; backends\[0\]\.version: /);
});

function thrownBy(action: () => unknown): ValidationError {
  try {
    action();
  } catch (error) {
    if (error instanceof ValidationError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
