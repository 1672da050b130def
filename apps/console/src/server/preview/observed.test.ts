import { Policy } from "@weir/domain";
import type { AccessLogRecord, DecisionPoint } from "@weir/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";
import { registerShop } from "../testing/register-shop.ts";
import type { EffectScope, ObservedEffect } from "./observed-schemas.ts";

let mesh: ConsoleForTest;
const fromMs = Date.UTC(2026, 10, 1, 10);
const window = "2026-11-01T10:00:00Z/2026-11-01T10:05:00Z";
const endOf = (service: string) => ({ namespace: "shop", service, version: "v1" });
const change = { author: "ada" };

const common = { namespace: "shop", targetRef: "payments" };
const policies = [
  { name: "a-allow", kind: "authorization", rules: [{ from: [{ services: ["web"] }] }] },
  { name: "b-allow", kind: "authorization", rules: [{ from: [{ services: ["cart"] }] }] },
  { name: "c-deny", kind: "authorization", action: "deny", rules: [{}] },
  { name: "d-limit", kind: "rateLimit", maxTokens: 1, tokensPerFill: 1, fillIntervalMs: 1_000 },
  { name: "e-route", kind: "route", rules: [{ timeoutMs: 100, mirror: { version: "v2" } }] },
  { name: "f-breaker", kind: "circuitBreaker", maxRequests: 1 },
  { name: "g-elsewhere", kind: "circuitBreaker", targetRef: "cart" },
].map((spec) => Policy.parse({ ...common, ...spec }));

/** What a policy said of `evaluated` requests; all of them would have gone otherwise unless told. */
const said = (
  name: string,
  verdict: string,
  evaluated: number,
  more: Partial<DecisionPoint> = {},
): DecisionPoint => ({
  ...{ timeMs: fromMs + 10_000, mode: "observe", source: endOf("cart"), destination: endOf("payments") },
  policy: { namespace: "shop", name, kind: policies.find((own) => own.name === name)!.kind, revision: 1 },
  ...{ verdict, evaluated, wouldAct: verdict === "allow" ? 0 : evaluated, acted: 0 },
  ...more,
});

beforeAll(async () => {
  mesh = await consoleForTest();
  await registerShop(mesh.config);
  for (const policy of policies) await mesh.config.putPolicy(policy, change);
  const web = { source: endOf("web") };
  await mesh.commit({
    // Most of them were sent before there was a policy.
    edgePoints: [
      {
        ...{
          timeMs: fromMs + 10_000,
          reporter: "source",
          source: endOf("cart"),
          destination: endOf("payments"),
        },
        ...{ protocol: "http", method: "POST", statusClass: 2, flag: "", requests: 1_570, requestBytes: 0 },
        ...{
          responseBytes: 0,
          durationSumSeconds: 1,
          histogram: { indexes: [1], counts: [1_570] },
          exemplars: [],
        },
      },
    ],
    decisionPoints: [
      // Of cart's 100: 30 no rule allows, 20 only b-allow does; c-deny matches 50; what revision 7 said is not about today.
      said("a-allow", "deny", 30),
      said("a-allow", "spared", 20, { wouldAct: 0 }),
      said("b-allow", "deny", 30),
      said("b-allow", "allow", 20),
      said("c-deny", "deny", 50),
      said("c-deny", "deny", 9, {
        policy: { ...common, name: "c-deny", kind: "authorization", revision: 7 },
      }),
      said("d-limit", "limit", 90),
      said("d-limit", "allow", 10),
      said("e-route", "mirror=v2", 100),
      said("e-route", "timeout=100ms", 12),
      said("f-breaker", "overflow=requests", 5),
      said("f-breaker", "allow", 95),
      said("c-deny", "deny", 3, web),
      said("c-deny", "deny", 4, { ...web, mode: "enforce", wouldAct: 0, acted: 4 }),
      said("g-elsewhere", "overflow=requests", 2, { destination: endOf("cart") }),
    ],
  });
});
afterAll(() => mesh.close());

const effectOf = (scope: EffectScope, over = window) => mesh.as().preview.observed({ scope, window: over });
const words = (counts: ObservedEffect["edges"][number]["effects"]) =>
  counts.map(({ effect, atLeast, atMost = "?" }) => `${atLeast}-${atMost} ${effect}`);
const effectsOf = ({ policies: all }: ObservedEffect) =>
  all.map(({ name, judged, effects }) => [name, judged, ...words(effects)]);

test("each policy of a service by the counts of its present revision while it observed", async () => {
  const told = await effectOf({ scope: "service", namespace: "shop", service: "payments" });
  expect(effectsOf(told)).toEqual([
    ["a-allow", 50, "30-30 denied"],
    ["b-allow", 50, "30-30 denied"],
    ["c-deny", 53, "53-53 denied"],
    ["d-limit", 100, "90-90 limited"],
    ["e-route", 100, "100-100 mirrored", "0-12 timedOut"],
    ["f-breaker", 100, "0-5 overflowed"],
  ]);
  const deny = told.policies.find(({ name }) => name === "c-deny");
  expect(deny?.callers.map(({ service, judged }) => [service, judged])).toEqual([
    ["cart", 50],
    ["web", 3],
  ]);
});

test("together, a request is not counted twice where that is known, and bounds say where it is not", async () => {
  const { edges } = await effectOf({ scope: "service", namespace: "shop", service: "payments" });
  expect(
    edges.map(({ source, destination, requests }) => [source.service, destination.service, requests]),
  ).toEqual([
    ["cart", "payments", 100],
    ["web", "payments", 3],
  ]);
  // 30 that no rule allows are the same of both; the breaker may have kept 5 of them from arriving; what is denied takes no token.
  expect(words(edges[0]!.effects)).toEqual([
    "45-80 denied",
    "2-90 limited",
    "0-5 overflowed",
    "100-100 mirrored",
    "0-12 timedOut",
  ]);
  expect(edges[0]).toMatchObject({
    refused: { atLeast: 87, atMost: 100 },
    touched: { atLeast: 100, atMost: 100 },
  });
});

test("alone, an allow also refuses whom only another one lets in that goes on observing", async () => {
  const alone = (name: string) => effectOf({ scope: "policy", namespace: "shop", name });
  expect(effectsOf(await alone("a-allow"))).toEqual([["a-allow", 50, "50-50 denied"]]);
  expect(effectsOf(await alone("b-allow"))).toEqual([["b-allow", 50, "30-30 denied"]]);
});

test("a namespace and the mesh have all of their policies, also those that nothing met", async () => {
  const names = policies.map(({ name }) => name);
  const lab = await effectOf({ scope: "namespace", namespace: "lab" });
  expect(lab).toMatchObject({ policies: [], edges: [] });
  const shop = await effectOf({ scope: "namespace", namespace: "shop" });
  expect(shop.policies.map(({ name }) => name)).toEqual(names);
  expect(shop.edges).toHaveLength(3);
  const later = await effectOf({ scope: "mesh" }, "2026-11-01T11:00:00Z/2026-11-01T11:05:00Z");
  expect(later.policies.map(({ name, judged }) => [name, judged])).toEqual(names.map((name) => [name, 0]));
  expect(later.edges).toEqual([]);
});

test("by route, what the log tells of the present revision, with a trace that was kept", async () => {
  const said = { policy: "c-deny", kind: "authorization", revision: 1, mode: "observe", verdict: "deny" };
  const log = (path: string, traceId: string, revision = 1): AccessLogRecord => ({
    ...{ timeNs: BigInt(fromMs) * 1_000_000n, reporter: "destination", source: endOf("cart") },
    ...{
      destination: endOf("payments"),
      protocol: "http",
      method: "POST",
      path,
      status: 200,
      flag: "",
      traceId,
    },
    ...{ durationNs: 1n, upstreamNs: 1n, requestBytes: 1, responseBytes: 1 },
    decisions: [
      { ...said, revision, wouldAct: true, acted: false },
      { ...said, policy: "a-allow", verdict: "spared", revision, wouldAct: false, acted: false },
    ],
  });
  const kept = "7".padStart(32, "0");
  const span = {
    ...{ traceId: kept, spanId: "0000000000000007", startNs: BigInt(fromMs) * 1_000_000n, durationNs: 1n },
    ...{ service: { namespace: "shop", name: "payments", version: "v1" }, resource: {}, attributes: {} },
    ...{ operation: "POST /pay", kind: 2, status: 0 },
  };
  await mesh.commit({
    accessLogs: [log("/pay/1", kept), log("/pay/2", "8".padStart(32, "0")), log("/pay/3", kept, 7)],
    spans: [span],
  });
  const of = (scope: EffectScope) => mesh.as().preview.routes({ scope, window });
  const told = await of({ scope: "policy", namespace: "shop", name: "c-deny" });
  expect(told).toMatchObject({ readFromMs: fromMs, more: 0 });
  expect(told.routes).toEqual([
    {
      ...{
        source: { namespace: "shop", service: "cart" },
        destination: { namespace: "shop", service: "payments" },
      },
      ...{ policy: "c-deny", kind: "authorization", effect: "denied", verdict: "deny" },
      ...{ method: "POST", path: "/pay/{id}", requests: 2, atLeast: 2, atMost: 2, traceIds: [kept] },
    },
  ]);
  expect((await of({ scope: "mesh" })).routes).toEqual(told.routes);
  const spared = (await of({ scope: "policy", namespace: "shop", name: "a-allow" })).routes;
  expect(spared).toMatchObject([{ effect: "denied", verdict: "deny", requests: 2, traceIds: [kept] }]);
  expect((await of({ scope: "policy", namespace: "shop", name: "d-limit" })).routes).toEqual([]);
  expect((await of({ scope: "namespace", namespace: "lab" })).routes).toEqual([]);
});
