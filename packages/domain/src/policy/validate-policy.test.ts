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

const of = (kind: string, spec: object) =>
  Policy.parse({ kind, name: "p", namespace: "shop", targetRef: "payments", ...spec });
const rules = (...list: object[]) => of("route", { rules: list });
const only = (match: object) => ({ match: [match] });
const halves = [v("v1", 50), v("v2", 50)];
const pinned = (...pins: object[]) => of("canary", { backends: halves, pins });
const beta = { headers: [{ name: "x-beta", present: true }] };
const copied = (version: string, ...backends: object[]) => of("canary", { backends, mirror: { version } });
const bucket = { maxTokens: 10, tokensPerFill: 10, fillIntervalMs: 1000 };
const from = (source: object) => [{ from: [source] }];

test.each`
  policy                                                                                                       | code                    | severity     | path
  ${rules({ mirror: { version: "v9" } })}                                                                      | ${"unknown-version"}    | ${"error"}   | ${"rules[0].mirror.version"}
  ${rules({ mirror: { version: "v3" } })}                                                                      | ${"version-not-ready"}  | ${"warning"} | ${"rules[0].mirror.version"}
  ${rules({}, { timeoutMs: 1 })}                                                                               | ${"unreachable-rule"}   | ${"warning"} | ${"rules[1]"}
  ${rules(only({ path: { prefix: "/" } }), only({ method: "GET" }))}                                           | ${"unreachable-rule"}   | ${"warning"} | ${"rules[1]"}
  ${rules({ timeoutMs: 100, retry: { on: ["5xx"], attempts: 1, perTryTimeoutMs: 100 } })}                      | ${"per-try-timeout"}    | ${"warning"} | ${"rules[0].retry.perTryTimeoutMs"}
  ${rules({ timeoutMs: 100, fault: { delay: { ms: 100 } } })}                                                  | ${"delay-over-timeout"} | ${"warning"} | ${"rules[0].fault.delay.ms"}
  ${pinned({ match: [beta], version: "v9" })}                                                                  | ${"unknown-version"}    | ${"error"}   | ${"pins[0].version"}
  ${pinned({ match: [beta], version: "v3" })}                                                                  | ${"version-not-ready"}  | ${"warning"} | ${"pins[0].version"}
  ${pinned({ match: [beta], version: "v1" }, { match: [{ ...beta, method: "GET" }], version: "v2" })}          | ${"unreachable-match"}  | ${"warning"} | ${"pins[1].match[0]"}
  ${pinned({ match: [beta], version: "v1" }, { match: [beta, { path: { prefix: "/" } }], version: "v1" })}     | ${"pins-all"}           | ${"warning"} | ${"pins[1]"}
  ${copied("v9", v("v1", 100))}                                                                                | ${"unknown-version"}    | ${"error"}   | ${"mirror.version"}
  ${copied("v3", v("v1", 100))}                                                                                | ${"version-not-ready"}  | ${"warning"} | ${"mirror.version"}
  ${copied("v2", v("v1", 0), v("v2", 100))}                                                                    | ${"mirror-to-itself"}   | ${"error"}   | ${"mirror.version"}
  ${of("authorization", { rules: [] })}                                                                        | ${"denies-all"}         | ${"warning"} | ${"rules"}
  ${of("authorization", { action: "deny", rules: [] })}                                                        | ${"matches-nothing"}    | ${"warning"} | ${"rules"}
  ${of("authorization", { action: "deny", rules: [{}] })}                                                      | ${"denies-all"}         | ${"warning"} | ${"rules[0]"}
  ${of("authorization", { rules: [{}] })}                                                                      | ${"allows-all"}         | ${"warning"} | ${"rules[0]"}
  ${of("authorization", { rules: from({ services: ["cart", "wbe"] }) })}                                       | ${"unknown-source"}     | ${"warning"} | ${"rules[0].from[0].services[1]"}
  ${of("authorization", { rules: from({ services: ["lab/cart"] }) })}                                          | ${"unknown-source"}     | ${"warning"} | ${"rules[0].from[0].services[0]"}
  ${of("authorization", { rules: from({ namespaces: ["lab", "lap"] }) })}                                      | ${"unknown-source"}     | ${"warning"} | ${"rules[0].from[0].namespaces[1]"}
  ${of("rateLimit", { ...bucket, tokensPerFill: 11 })}                                                         | ${"tokens-lost"}        | ${"warning"} | ${"tokensPerFill"}
  ${of("rateLimit", { ...bucket, overrides: [{ match: { source: { service: "x" } }, ...bucket }] })}           | ${"unknown-source"}     | ${"warning"} | ${"overrides[0].match.source"}
  ${of("rateLimit", { ...bucket, overrides: [{ match: { path: { exact: "/" } }, ...bucket, maxTokens: 1 }] })} | ${"tokens-lost"}        | ${"warning"} | ${"overrides[0].tokensPerFill"}
  ${of("circuitBreaker", { maxRequests: 0 })}                                                                  | ${"refuses-all"}        | ${"warning"} | ${"maxRequests"}
  ${of("outlierDetection", { consecutive5xx: 0 })}                                                             | ${"detects-nothing"}    | ${"warning"} | ${""}
  ${of("outlierDetection", { maxEjectionMs: 1000 })}                                                           | ${"ejection-order"}     | ${"warning"} | ${"maxEjectionMs"}
  ${of("outlierDetection", { maxEjectionPercent: 0 })}                                                         | ${"ejects-nothing"}     | ${"warning"} | ${"maxEjectionPercent"}
  ${of("loadBalancer", { algorithm: "random", hashOn: { cookie: "a" } })}                                      | ${"hash-unused"}        | ${"warning"} | ${"hashOn"}
`("$code at $path", ({ policy, code, severity, path }) => {
  const findings = validatePolicy(policy, services);
  expect(findings.map((finding) => [finding.code, finding.severity, finding.path])).toEqual([
    [code, severity, path],
  ]);
});

test.each`
  policy
  ${rules(only({ method: "GET" }), { mirror: { version: "v2" }, timeoutMs: 100, retry: { on: ["5xx"], attempts: 1, perTryTimeoutMs: 50 } })}
  ${pinned({ match: [beta], version: "v2" }, { match: [beta, { method: "GET" }], version: "v2" })}
  ${copied("v2", ...halves)}
  ${of("canary", { backends: [v("v2", 100)], mirror: { version: "v2" }, pins: [{ match: [beta], version: "v1" }] })}
  ${of("authorization", { rules: from({ services: ["cart", "lab/trial", "x*"], namespaces: ["shop", "l*"] }) })}
  ${of("authorization", { action: "audit", rules: [{}] })}
  ${of("rateLimit", { ...bucket, overrides: [{ match: { source: { service: "trial", namespace: "lab" } }, ...bucket }] })}
  ${of("circuitBreaker", {})}
  ${of("outlierDetection", { consecutive5xx: 0, failurePercentage: {} })}
  ${of("loadBalancer", { algorithm: "maglev", hashOn: { source: true } })}
`("nothing to say about $policy", ({ policy }) => {
  expect(validatePolicy(policy, services)).toEqual([]);
});
