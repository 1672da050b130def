import { expect, test } from "vitest";
import { backendLists } from "./backend-lists.ts";
import { Policy } from "./policy.ts";
import { type KnownService, validatePolicy } from "./validate-policy.ts";

const services: KnownService[] = [
  { namespace: "shop", name: "payments", versions: ["v1", "v2", "v3"], readyVersions: ["v1", "v2"] },
  { namespace: "shop", name: "cart", versions: [], readyVersions: [] },
  { namespace: "lab", name: "trial", versions: ["v1"], readyVersions: ["v1"] },
];

const v = (version: string, weight: number) => ({ version, weight });
const canary = (backends: unknown, target = "payments", namespace = "shop") =>
  Policy.parse({ kind: "canary", name: "c", namespace, targetRef: target, backends });
const route = (...lists: unknown[]) =>
  Policy.parse({
    kind: "route",
    name: "r",
    namespace: "shop",
    targetRef: "payments",
    rules: lists.map((backends, index) => ({ match: [{ path: { exact: `/${index}` } }], backends })),
  });

test.each`
  what                                | policy
  ${"ready versions"}                 | ${canary([v("v1", 50), v("v2", 50)])}
  ${"no share for the one not ready"} | ${canary([v("v1", 100), v("v3", 0)])}
  ${"a route over ready versions"}    | ${route([v("v1", 100)], [v("v2", 100)])}
`("$what: nothing to say", ({ policy }) => {
  expect(validatePolicy(policy, services)).toEqual([]);
});

test.each`
  what                          | policy                                    | code                   | severity     | path                              | message
  ${"unknown service"}          | ${canary([v("v1", 100)], "paiments")}     | ${"unknown-service"}   | ${"error"}   | ${"targetRef"}                    | ${"no service paiments in namespace shop; it has payments, cart"}
  ${"service elsewhere"}        | ${canary([v("v1", 100)], "trial")}        | ${"unknown-service"}   | ${"error"}   | ${"targetRef"}                    | ${/no service trial in namespace shop/}
  ${"empty namespace"}          | ${canary([v("v1", 100)], "x", "nowhere")} | ${"unknown-service"}   | ${"error"}   | ${"targetRef"}                    | ${"no service x in namespace nowhere; it has no services"}
  ${"unknown version"}          | ${canary([v("v1", 50), v("v9", 50)])}     | ${"unknown-version"}   | ${"error"}   | ${"backends[1].version"}          | ${"payments has no version v9; it has v1, v2, v3"}
  ${"unknown version at zero"}  | ${canary([v("v1", 100), v("v9", 0)])}     | ${"unknown-version"}   | ${"error"}   | ${"backends[1].version"}          | ${/no version v9/}
  ${"no versions at all"}       | ${canary([v("v1", 100)], "cart")}         | ${"unknown-version"}   | ${"error"}   | ${"backends[0].version"}          | ${"cart has no version v1; it has none"}
  ${"in a route's second rule"} | ${route([v("v1", 100)], [v("v8", 100)])}  | ${"unknown-version"}   | ${"error"}   | ${"rules[1].backends[0].version"} | ${/no version v8/}
  ${"not ready"}                | ${canary([v("v1", 80), v("v3", 20)])}     | ${"version-not-ready"} | ${"warning"} | ${"backends[1].version"}          | ${"payments v3 has no ready endpoint; its 20 % would be answered 503"}
`("$what: $severity $code at $path", ({ policy, code, severity, path, message }) => {
  const findings = validatePolicy(policy, services);
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ code, severity, path });
  expect(findings[0]?.message).toMatch(message);
});

test("backendLists names every weighted list by its path", () => {
  expect(backendLists(route([v("v1", 100)], [v("v2", 100)]))).toEqual([
    { path: "rules[0].backends", backends: [v("v1", 100)] },
    { path: "rules[1].backends", backends: [v("v2", 100)] },
  ]);
  expect(backendLists(canary([v("v1", 100)]))).toEqual([{ path: "backends", backends: [v("v1", 100)] }]);
});
