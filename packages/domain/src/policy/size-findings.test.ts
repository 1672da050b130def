import { expect, test } from "vitest";
import { neighbours } from "./neighbours.ts";
import { Policy } from "./policy.ts";
import { validatePolicy } from "./validate-policy.ts";

const services = ["payments", "cart"].map((name) => ({
  ...{ namespace: "shop", name, versions: ["v1"], readyVersions: ["v1"] },
}));
const many = <T>(count: number, one: (at: number) => T) => Array.from({ length: count }, (_, at) => one(at));
const of = (kind: string, name: string, spec: object) =>
  Policy.parse({ kind, name, namespace: "shop", targetRef: "payments", ...spec });
const bucket = { maxTokens: 5, tokensPerFill: 5, fillIntervalMs: 1_000 };
const limit = (name: string, overrides = 0) =>
  of("rateLimit", name, {
    ...bucket,
    ...(overrides > 0 && {
      overrides: many(overrides, (at) => ({ match: { path: { exact: `/${at}` } }, ...bucket })),
    }),
  });
const access = (rules: number) =>
  of("authorization", "access", {
    rules: many(rules, (at) => ({ to: [{ paths: [`/${at}`] }], from: [{ services: ["cart"] }] })),
  });
const route = (rules: number) =>
  of("route", "way", { rules: many(rules, (at) => ({ match: [{ path: { exact: `/${at}` } }] })) });
const limits = (count: number) => many(count, (at) => limit(`l${at}`));
const ofSize = (policy: Policy, others: readonly Policy[], standing?: Policy) =>
  validatePolicy(policy, services, neighbours(others)(policy), standing).filter(({ code }) =>
    code.startsWith("too-many"),
  );

test.each`
  what                               | policy               | others                                    | found
  ${"as many policies as are borne"} | ${limit("own")}      | ${limits(199)}                            | ${[]}
  ${"one more"}                      | ${limit("own")}      | ${limits(200)}                            | ${["too-many-policies targetRef: payments would have 201 policies; its sidecars bear 200"]}
  ${"one of them again"}             | ${limit("l7")}       | ${limits(200)}                            | ${[]}
  ${"as many rules as are borne"}    | ${access(1_000)}     | ${[]}                                     | ${[]}
  ${"one rule more"}                 | ${access(1_001)}     | ${[]}                                     | ${["too-many-rules rules: has 1001; a sidecar bears 1000 in one policy"]}
  ${"one rule of a route more"}      | ${route(1_001)}      | ${[]}                                     | ${["too-many-rules rules: has 1001; a sidecar bears 1000 in one policy"]}
  ${"one override more"}             | ${limit("a", 1_001)} | ${[]}                                     | ${["too-many-rules overrides: has 1001; a sidecar bears 1000 in one policy"]}
  ${"as many together as are borne"} | ${access(1_000)}     | ${[limit("a", 1_000)]}                    | ${[]}
  ${"one more together"}             | ${access(1)}         | ${[limit("a", 1_000), limit("b", 1_000)]} | ${["too-many-rules rules: with these the policies of payments have 2001 rules; its sidecars bear 2000"]}
  ${"no rules beside too many"}      | ${limit("own")}      | ${[limit("a", 1_000), limit("b", 1_001)]} | ${[]}
`("$what: $found", ({ policy, others, found }) => {
  const findings = ofSize(policy, others);
  expect(findings.map(({ code, path, message }) => `${code} ${path}: ${message}`)).toEqual(found);
  for (const { severity } of findings) expect(severity).toBe("error");
});

const full = [limit("a", 1_000), limit("b", 1_000)];
const elsewhere = { ...limit("own"), targetRef: "cart" };

test.each`
  what                                    | policy                | others         | standing         | found
  ${"one of too many"}                    | ${limit("own")}       | ${limits(250)} | ${limit("own")}  | ${["warning too-many-policies"]}
  ${"one of too many of another service"} | ${limit("own")}       | ${limits(250)} | ${elsewhere}     | ${["error too-many-policies"]}
  ${"too many rules as they are"}         | ${access(1_500)}      | ${[]}          | ${access(1_500)} | ${["warning too-many-rules"]}
  ${"too many rules that become fewer"}   | ${access(1_200)}      | ${[]}          | ${access(1_500)} | ${["warning too-many-rules"]}
  ${"too many rules that become more"}    | ${access(1_501)}      | ${[]}          | ${access(1_500)} | ${["error too-many-rules"]}
  ${"too many together as they are"}      | ${access(5)}          | ${full}        | ${access(5)}     | ${["warning too-many-rules"]}
  ${"too many together, and one more"}    | ${access(6)}          | ${full}        | ${access(5)}     | ${["error too-many-rules"]}
  ${"another kind with more rules"}       | ${limit("access", 6)} | ${full}        | ${access(5)}     | ${["error too-many-rules"]}
`("what stands may stay: $what: $found", ({ policy, others, standing, found }) => {
  const findings = ofSize(policy, others, standing);
  expect(findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual(found);
});
