import { expect, test } from "vitest";
import { localCells } from "../cells.ts";
import { deciderOf, policy } from "../testing/policies.ts";
import { compileDecider } from "./decide.ts";

const e = "enforce" as const;
const o = "observe" as const;
const breaker = (name: string, mode: typeof e | typeof o, maxRequests?: number) =>
  policy("circuitBreaker", name, mode, maxRequests === undefined ? {} : { maxRequests });
const outlier = (name: string, mode: typeof e | typeof o) => policy("outlierDetection", name, mode, {});
const balancer = (name: string, mode: typeof e | typeof o) =>
  policy("loadBalancer", name, mode, { algorithm: "peakEwma" });

test("without such policies there are none", () => {
  expect(deciderOf([]).resilience).toMatchObject({
    breakers: [],
    outlier: undefined,
    loadBalancer: undefined,
  });
});

test("the first enforced one by name acts; observed breakers are counted beside it", () => {
  const policies = [breaker("d", e, 7), breaker("c", e, 3), breaker("b", o), breaker("z", o)];
  const { breakers } = deciderOf(policies).resilience;
  expect(breakers.map((rule) => [rule.policy, rule.mode, rule.settings.maxRequests])).toEqual([
    ["c", e, 3],
    ["b", o, 1024],
    ["z", o, 1024],
  ]);
});

test.each`
  modes     | chosen
  ${[o, e]} | ${"b"}
  ${[e, e]} | ${"a"}
  ${[o, o]} | ${"a"}
`("of outlier detection and load balancing in $modes, $chosen counts", ({ modes, chosen }) => {
  const [first, second] = modes;
  const { outlier: detection, loadBalancer } = deciderOf([
    ...[outlier("b", second), outlier("a", first)],
    ...[balancer("b", second), balancer("a", first)],
  ]).resilience;
  expect([detection?.policy, loadBalancer?.policy]).toEqual([chosen, chosen]);
  expect(detection?.settings).toMatchObject({ consecutive5xx: 5, intervalMs: 10_000 });
  expect(loadBalancer?.settings).toMatchObject({ algorithm: "peakEwma" });
});

test.each`
  mode | overflow         | verdict                   | wouldAct | acted
  ${o} | ${undefined}     | ${"allow"}                | ${false} | ${false}
  ${o} | ${"requests"}    | ${"overflow=requests"}    | ${true}  | ${false}
  ${e} | ${"connections"} | ${"overflow=connections"} | ${true}  | ${true}
  ${e} | ${undefined}     | ${"allow"}                | ${false} | ${false}
`("a breaker in $mode with overflow of $overflow says $verdict", ({ mode, overflow, ...said }) => {
  const { resilience } = deciderOf([breaker("b", mode)]);
  const decision = resilience.breakerDecision(resilience.breakers[0]!, overflow);
  expect(decision).toEqual({
    policy: "b",
    kind: "circuitBreaker",
    revision: 1,
    mode,
    reason: "limits",
    ...said,
  });
  expect(resilience.breakerDecision(resilience.breakers[0]!, overflow)).toBe(decision);
});

test.each`
  mode | found    | ejection   | balance         | acted
  ${o} | ${true}  | ${"eject"} | ${"host=other"} | ${false}
  ${o} | ${false} | ${"keep"}  | ${"host=same"}  | ${false}
  ${e} | ${true}  | ${"eject"} | ${"host=other"} | ${true}
  ${e} | ${false} | ${"keep"}  | ${"host=same"}  | ${false}
`("in $mode, $found is $ejection and $balance", ({ mode, found, ejection, balance, acted }) => {
  const { resilience } = deciderOf([outlier("o", mode), balancer("l", mode)]);
  const said = { wouldAct: found, acted, mode };
  expect(resilience.ejectionDecision(resilience.outlier!, found)).toMatchObject({
    ...said,
    verdict: ejection,
  });
  expect(resilience.balanceDecision(resilience.loadBalancer!, found)).toMatchObject({
    ...said,
    verdict: balance,
  });
});

test("who does not route has nothing to do with upstreams, and who does not admit refuses nobody", () => {
  const policies = [breaker("b", e), policy("authorization", "a", e, { rules: [] })];
  const service = { name: "payments", stableVersion: "v1", policies };
  const [inbound, outbound] = [true, false].map((admission) =>
    compileDecider(service, { sides: { admission, routing: !admission }, cells: localCells() }),
  );
  expect([inbound?.resilience.breakers.length, outbound?.resilience.breakers.length]).toEqual([0, 1]);
  const request = {
    method: "GET",
    path: "/",
    query: "",
    host: "",
    port: 0,
    sourceAddress: "",
    header: () => undefined,
  };
  const facts = { ...request, source: { namespace: "", service: "" } };
  expect(inbound?.decide(facts, () => 0, 0).action?.refuse?.status).toBe(403);
  expect(outbound?.decide(facts, () => 0, 0).action).toBeUndefined();
});
