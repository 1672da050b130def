import type { MeshConfig, Mode, RevisedPolicy, Service } from "@weir/domain";
import { expect, test } from "vitest";
import { effectOf } from "./effect.ts";

const service = (name: string, mode?: Mode): Service => ({
  namespace: "shop",
  name,
  hosts: [],
  protocol: "http",
  mode,
});

const canary = (name: string, targetRef: string, mode?: Mode): RevisedPolicy => ({
  kind: "canary",
  namespace: "shop",
  name,
  targetRef,
  mode,
  revision: 1,
  backends: [
    { version: "v1", weight: 70 },
    { version: "v2", weight: 30 },
  ],
});

function config(over: Partial<MeshConfig> = {}): MeshConfig {
  return {
    mesh: { mode: "observe", hold: false },
    namespaces: [{ name: "shop" }],
    services: [service("payments"), service("cart", "observe"), service("catalog", "enforce")],
    policies: [canary("payments-canary", "payments"), canary("pinned", "payments", "observe")],
    ...over,
  };
}

const summary = (over: Partial<MeshConfig>, change: Parameters<typeof effectOf>[1]) =>
  effectOf(config(over), change).map(
    (s) => `${s.name} ${s.before.mode}>${s.after.mode} by ${s.after.origin}`,
  );

test.each`
  what                                     | over                                                   | change                                                                        | effect
  ${"enforce one service"}                 | ${{}}                                                  | ${{ scope: "service", namespace: "shop", name: "payments", mode: "enforce" }} | ${["payments observe>enforce by service"]}
  ${"give it back"}                        | ${{}}                                                  | ${{ scope: "service", namespace: "shop", name: "catalog", mode: null }}       | ${["catalog enforce>observe by mesh"]}
  ${"enforce the mesh leaves pinned ones"} | ${{}}                                                  | ${{ scope: "mesh", mode: "enforce" }}                                         | ${["payments observe>enforce by mesh", "cart observe>observe by service", "catalog enforce>enforce by service"]}
  ${"hold"}                                | ${{}}                                                  | ${{ scope: "hold", hold: true }}                                              | ${["payments observe>observe by hold", "cart observe>observe by hold", "catalog enforce>observe by hold"]}
  ${"release"}                             | ${{ mesh: { mode: "enforce", hold: true } }}           | ${{ scope: "hold", hold: false }}                                             | ${["payments observe>enforce by mesh", "cart observe>observe by service", "catalog observe>enforce by service"]}
  ${"enforce one service under hold"}      | ${{ mesh: { mode: "observe", hold: true } }}           | ${{ scope: "service", namespace: "shop", name: "payments", mode: "enforce" }} | ${["payments observe>observe by hold"]}
  ${"a namespace stands above the mesh"}   | ${{ namespaces: [{ name: "shop", mode: "observe" }] }} | ${{ scope: "mesh", mode: "enforce" }}                                         | ${["payments observe>observe by namespace", "cart observe>observe by service", "catalog enforce>enforce by service"]}
`("$what", ({ over, change, effect }) => {
  expect(summary(over, change)).toEqual(effect);
});

test("a policy with a mode of its own is not reached", () => {
  const [payments] = effectOf(config(), {
    scope: "service",
    namespace: "shop",
    name: "payments",
    mode: "enforce",
  });
  expect(payments?.policies.map((p) => [p.policy.name, p.after.mode, p.after.origin])).toEqual([
    ["payments-canary", "enforce", "service"],
    ["pinned", "observe", "policy"],
  ]);
});

test("a service nobody knows has no effect", () => {
  expect(effectOf(config(), { scope: "service", namespace: "shop", name: "ghost", mode: "enforce" })).toEqual(
    [],
  );
});
