import type { RouteRule } from "@weir/domain";
import { expect, test } from "vitest";
import { planOf } from "../testing/plans.ts";
import { routeFindings } from "./route-findings.ts";

const backends = [{ version: "v1", weight: 100 }];
const testers = [{ headers: [{ name: "x-tester", present: true }] }];
const redirect = { path: { full: "/gone" } };
const all: RouteRule = { backends };
const route = (name: string, ...rules: RouteRule[]) => ({ name, rules });

test.each`
  routes                                                            | found                                               | why
  ${[]}                                                             | ${[]}                                               | ${"no route"}
  ${[route("main", all)]}                                           | ${["error main rules[0]"]}                          | ${"all requests are sent elsewhere"}
  ${[route("main", { match: [{}], backends })]}                     | ${["error main rules[0]"]}                          | ${"an alternative that matches everything"}
  ${[route("main", { match: testers, backends }, all)]}             | ${["warning main rules[0]", "error main rules[1]"]} | ${"some, then the rest"}
  ${[route("main", { name: "testers", match: testers, backends })]} | ${["warning main testers"]}                         | ${"some requests are sent elsewhere"}
  ${[route("main", { timeoutMs: 1_000 })]}                          | ${[]}                                               | ${"a rule that leaves the version to the canary"}
  ${[route("a", { timeoutMs: 1_000 }), route("b", all)]}            | ${[]}                                               | ${"the second is never asked"}
  ${[route("a", { match: testers }), route("b", all)]}              | ${["warning b rules[0]"]}                           | ${"the second is asked of the rest"}
  ${[route("main", { match: testers, timeoutMs: 1_000 }, all)]}     | ${["warning main rules[1]"]}                        | ${"some are the canary's, the rest is sent elsewhere"}
  ${[route("main", { match: testers, redirect }, all)]}             | ${["error main rules[1]"]}                          | ${"some are redirected, the rest is sent elsewhere"}
  ${[route("main", all, { match: testers })]}                       | ${["error main rules[0]"]}                          | ${"some would be the canary's, had all not been sent elsewhere"}
`("$why: $found", ({ routes, found }) => {
  const findings = routeFindings(planOf(), routes);
  expect(
    findings.map(({ severity, message }) => {
      const [, name, rule] = /^route policy (\S+) decides first: its rule (\S+) sends/.exec(message) ?? [];
      return `${severity} ${name} ${rule}`;
    }),
  ).toEqual(found);
  for (const finding of findings) expect(finding).toMatchObject({ code: "route-decides", path: "targetRef" });
});
