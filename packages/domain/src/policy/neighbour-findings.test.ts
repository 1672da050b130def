import { expect, test } from "vitest";
import { neighbours } from "./neighbours.ts";
import { Policy } from "./policy.ts";
import { validatePolicy } from "./validate-policy.ts";

const services = ["payments", "cart"].map((name) => ({
  ...{ namespace: "shop", name, versions: ["v1"], readyVersions: ["v1"] },
}));
const of = (kind: string, name: string, spec: object = {}, targetRef = "payments") =>
  Policy.parse({ kind, name, namespace: "shop", targetRef, ...spec });
const canary = (name: string, mode?: string, target?: string) =>
  of("canary", name, { backends: [{ version: "v1", weight: 100 }], ...(mode ? { mode } : {}) }, target);
const breaker = (name: string, mode: string) => of("circuitBreaker", name, { mode });
const balancer = (name: string) => of("loadBalancer", name, { algorithm: "random" });
const route = (name: string, match?: object, mode?: string) =>
  of("route", name, { rules: [match ? { match: [match] } : {}], ...(mode ? { mode } : {}) });

test.each`
  what                                       | policy                              | other                               | found
  ${"behind another canary"}                 | ${canary("b")}                      | ${canary("a")}                      | ${["hidden-policy warning targetRef"]}
  ${"before another canary"}                 | ${canary("a")}                      | ${canary("b")}                      | ${["hidden-policy warning targetRef"]}
  ${"behind a canary that observes"}         | ${canary("b")}                      | ${canary("a", "observe")}           | ${[]}
  ${"observing, behind a canary"}            | ${canary("b", "observe")}           | ${canary("a")}                      | ${["hidden-policy warning targetRef"]}
  ${"a canary of another service"}           | ${canary("b")}                      | ${canary("a", undefined, "cart")}   | ${[]}
  ${"its own earlier revision"}              | ${canary("a")}                      | ${canary("a")}                      | ${[]}
  ${"another kind"}                          | ${canary("b")}                      | ${balancer("a")}                    | ${[]}
  ${"two breakers"}                          | ${breaker("b", "enforce")}          | ${breaker("a", "enforce")}          | ${["hidden-policy warning targetRef"]}
  ${"a breaker that is tried"}               | ${breaker("b", "observe")}          | ${breaker("a", "enforce")}          | ${[]}
  ${"two balancers"}                         | ${balancer("a")}                    | ${balancer("b")}                    | ${["second-of-its-kind error targetRef"]}
  ${"two outlier detections"}                | ${of("outlierDetection", "b")}      | ${of("outlierDetection", "a")}      | ${["second-of-its-kind error targetRef"]}
  ${"routes about the same"}                 | ${route("b", { method: "GET" })}    | ${route("a", { method: "GET" })}    | ${["same-match warning rules[0]"]}
  ${"routes about the same, this one first"} | ${route("a", { method: "GET" })}    | ${route("b", { method: "GET" })}    | ${["same-match warning rules[0]"]}
  ${"behind a route that takes more"}        | ${route("b", { method: "GET" })}    | ${route("a")}                       | ${["unreachable-rule warning rules[0]"]}
  ${"before a route that takes more"}        | ${route("a", { method: "GET" })}    | ${route("b")}                       | ${[]}
  ${"behind a route that observes"}          | ${route("b", { method: "GET" })}    | ${route("a", undefined, "observe")} | ${[]}
  ${"observing, about the same, first"}      | ${route("a", undefined, "observe")} | ${route("b")}                       | ${[]}
  ${"observing, behind one that acts"}       | ${route("b", undefined, "observe")} | ${route("a")}                       | ${["unreachable-rule warning rules[0]"]}
`("$what: $found", ({ policy, other, found }) => {
  const findings = validatePolicy(policy, services, neighbours([other])(policy));
  expect(findings.map(({ code, severity, path }) => `${code} ${severity} ${path}`)).toEqual(found);
});

test("says which of two canaries has no say", () => {
  const [first, second] = [canary("a"), canary("b")];
  const neighboursOf = neighbours([first, second]);
  const said = [first, second].flatMap((policy) => validatePolicy(policy, services, neighboursOf(policy)));
  expect(said.map(({ message }) => message)).toEqual([
    "comes before canary b by name; where it is enforced, that one has no say",
    "canary a comes first by name; where it is enforced, this one has no say",
  ]);
});
