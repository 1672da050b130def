import { expect, test } from "vitest";
import { Policy } from "../policy.ts";
import type { ObservedRequests } from "./traffic-evidence.ts";
import { trafficFindings } from "./traffic-findings.ts";

/** So many requests, one every so many ms, that take so long. */
const observed = (
  count: number,
  { caller = "web", method = "GET", path = "/", everyMs = 1000, tookMs = 10, protocol = "http" } = {},
): ObservedRequests => ({
  source: caller === "" ? { namespace: "", service: "" } : { namespace: "shop", service: caller },
  ...{ protocol, method, path, host: "payments" },
  atMs: Int32Array.from({ length: count }, (_, index) => index * everyMs),
  durationUs: new Int32Array(count).fill(tookMs * 1_000),
});
const of = (kind: string, spec: object, name = "p") =>
  Policy.parse({ kind, name, namespace: "shop", targetRef: "payments", ...spec });
const route = (...rules: object[]) => of("route", { rules });
const allow = (...rules: object[]) => of("authorization", { rules });
const deny = (...rules: object[]) => of("authorization", { action: "deny", rules });
const bucket = { maxTokens: 10, tokensPerFill: 10, fillIntervalMs: 1000 };
const at = (exact: string) => ({ match: [{ path: { exact } }] });
const beta = { match: [{ headers: [{ name: "x-beta", present: true }] }] };
const canary = (match: unknown) =>
  of("canary", { backends: [{ version: "v1", weight: 100 }], pins: [{ match: [match], version: "v2" }] });
const retry = { on: ["5xx"], attempts: 1 };

const found = (policy: Policy, requests: ObservedRequests[], sidecars = 1, others: Policy[] = []) =>
  trafficFindings(policy, { windowMs: 600_000, requests, sidecars }, others).map(
    ({ code, severity, path }) => `${code} ${severity} ${path}`,
  );

test.each`
  what                                   | policy                                                                                               | requests                                                                           | said
  ${"nothing was observed"}              | ${route(at("/a"))}                                                                                   | ${[]}                                                                              | ${[]}
  ${"a rule nobody follows"}             | ${route(at("/a"), {})}                                                                               | ${[observed(1)]}                                                                   | ${["match-not-met info rules[0]"]}
  ${"a rule whose header is not stored"} | ${route(beta, {})}                                                                                   | ${[observed(1)]}                                                                   | ${[]}
  ${"a timeout under p99"}               | ${route({ timeoutMs: 50 })}                                                                          | ${[observed(98), observed(2, { tookMs: 60 })]}                                     | ${["timeout-under-p99 warning rules[0].timeoutMs"]}
  ${"a timeout over p99"}                | ${route({ timeoutMs: 50 })}                                                                          | ${[observed(99), observed(1, { tookMs: 60 })]}                                     | ${[]}
  ${"too few to tell p99"}               | ${route({ timeoutMs: 50 })}                                                                          | ${[observed(99, { tookMs: 60 })]}                                                  | ${[]}
  ${"slow requests of another rule"}     | ${route(at("/slow"), { timeoutMs: 50 })}                                                             | ${[observed(200, { path: "/slow", tookMs: 90 }), observed(100)]}                   | ${[]}
  ${"POST is retried"}                   | ${route({ retry })}                                                                                  | ${[observed(3, { method: "POST" })]}                                               | ${["retry-not-idempotent warning rules[0].retry.on"]}
  ${"gRPC is retried"}                   | ${route({ retry })}                                                                                  | ${[observed(3, { method: "POST", protocol: "grpc" })]}                             | ${[]}
  ${"GET is retried"}                    | ${route({ retry })}                                                                                  | ${[observed(3)]}                                                                   | ${[]}
  ${"a caller left out"}                 | ${allow({ from: [{ services: ["web"] }] })}                                                          | ${[observed(1), observed(2, { caller: "batch" })]}                                 | ${["leaves-out-caller warning rules"]}
  ${"a caller without a sidecar"}        | ${allow({ from: [{ services: ["*"] }] })}                                                            | ${[observed(1), observed(2, { caller: "" })]}                                      | ${["leaves-out-caller warning rules"]}
  ${"part of a caller's requests"}       | ${allow({ to: [{ methods: ["GET"] }] })}                                                             | ${[observed(1), observed(2, { method: "POST" })]}                                  | ${["denies-observed warning rules"]}
  ${"an address that is not stored"}     | ${allow({ from: [{ ips: ["10.0.0.0/8"] }] })}                                                        | ${[observed(1)]}                                                                   | ${[]}
  ${"everybody is let in"}               | ${allow({})}                                                                                         | ${[observed(1)]}                                                                   | ${[]}
  ${"observed requests are denied"}      | ${deny({ to: [{ paths: ["/admin*"] }] })}                                                            | ${[observed(1, { path: "/admin/a" }), observed(1)]}                                | ${["denies-observed warning rules[0]"]}
  ${"nothing to deny"}                   | ${deny({ to: [{ paths: ["/admin*"] }] })}                                                            | ${[observed(1)]}                                                                   | ${["rule-not-met info rules[0]"]}
  ${"under the observed rate"}           | ${of("rateLimit", bucket)}                                                                           | ${[observed(111, { everyMs: 90 })]}                                                | ${["limit-under-rate warning tokensPerFill"]}
  ${"as many as there are tokens"}       | ${of("rateLimit", bucket)}                                                                           | ${[observed(110, { everyMs: 90 })]}                                                | ${[]}
  ${"an override nobody meets"}          | ${of("rateLimit", { ...bucket, overrides: [{ match: { path: { exact: "/a" } }, ...bucket }] })}      | ${[observed(1)]}                                                                   | ${["match-not-met info overrides[0].match"]}
  ${"an override under the rate"}        | ${of("rateLimit", { ...bucket, overrides: [{ match: { source: { service: "web" } }, ...bucket }] })} | ${[observed(200, { everyMs: 10 })]}                                                | ${["limit-under-rate warning overrides[0].tokensPerFill"]}
  ${"more under way than let through"}   | ${of("circuitBreaker", { maxRequests: 4 })}                                                          | ${[observed(20, { everyMs: 100, tookMs: 500 })]}                                   | ${["breaker-under-concurrency warning maxRequests"]}
  ${"as many under way as let through"}  | ${of("circuitBreaker", { maxRequests: 5 })}                                                          | ${[observed(20, { everyMs: 100, tookMs: 500 })]}                                   | ${[]}
  ${"two callers, each with its own"}    | ${of("circuitBreaker", { maxRequests: 5 })}                                                          | ${["a", "b"].map((caller) => observed(20, { caller, everyMs: 100, tookMs: 500 }))} | ${[]}
  ${"a pin that nobody meets"}           | ${canary({ path: { exact: "/a" } })}                                                                 | ${[observed(1)]}                                                                   | ${["match-not-met info pins[0]"]}
  ${"a pin that somebody meets"}         | ${canary({ path: { exact: "/" } })}                                                                  | ${[observed(1)]}                                                                   | ${[]}
  ${"a pin whose header is not stored"}  | ${canary(beta.match[0])}                                                                             | ${[observed(1)]}                                                                   | ${[]}
  ${"of no kind that asks"}              | ${of("outlierDetection", {})}                                                                        | ${[observed(1)]}                                                                   | ${[]}
`("$what: $said", ({ policy, requests, said }) => {
  expect(found(policy, requests)).toEqual(said);
});

test("each sidecar has a bucket of its own", () => {
  const busy = [observed(200, { everyMs: 10 })];
  expect(found(of("rateLimit", bucket), busy, 1)).toHaveLength(1);
  expect(found(of("rateLimit", bucket), busy, 2)).toEqual([]);
});

test("who another policy lets in is not left out, unless that one only observes", () => {
  const own = allow({ from: [{ services: ["web"] }] });
  const rules = [{ from: [{ services: ["batch"] }] }];
  const requests = [observed(1), observed(2, { caller: "batch" })];
  expect(found(own, requests, 1, [of("authorization", { rules }, "other")])).toEqual([]);
  expect(found(own, requests, 1, [of("authorization", { rules, mode: "observe" }, "other")])).toEqual([
    "leaves-out-caller warning rules",
  ]);
});

test("a finding counts the requests and names the callers", () => {
  const requests = [observed(1), observed(2, { caller: "batch" }), observed(3, { caller: "" })];
  const evidence = { windowMs: 600_000, requests, sidecars: 1 };
  const [finding] = trafficFindings(allow({ from: [{ services: ["web"] }] }), evidence);
  expect(finding?.message).toBe(
    "5 requests of the last 10 minutes would be refused, from shop/batch, outside the mesh",
  );
});
