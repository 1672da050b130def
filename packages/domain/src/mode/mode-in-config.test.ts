import { expect, test } from "vitest";
import type { RevisedPolicy } from "../policy/policy.ts";
import type { MeshConfig } from "../snapshot/compile-snapshot.ts";
import type { Mode } from "./mode.ts";
import { newlyEnforced, withMode } from "./mode-in-config.ts";

const limit = (namespace: string, targetRef: string, name: string, mode?: Mode): RevisedPolicy => ({
  ...{
    kind: "rateLimit",
    namespace,
    name,
    targetRef,
    revision: 1,
    maxTokens: 10,
    tokensPerFill: 10,
    fillIntervalMs: 1_000,
  },
  ...(mode && { mode }),
});
const service = (name: string, mode?: Mode) => ({
  ...{ namespace: "shop", name, hosts: [], protocol: "http" as const },
  ...(mode && { mode }),
});

const config: MeshConfig = {
  mesh: { mode: "observe", hold: false },
  namespaces: [{ name: "shop" }, { name: "bank", mode: "observe" }],
  services: [service("cart"), service("web", "observe"), { ...service("ledger"), namespace: "bank" }],
  policies: [
    ...[
      limit("bank", "ledger", "ledger"),
      limit("shop", "cart", "cart"),
      limit("shop", "cart", "pinned", "observe"),
    ],
    ...[limit("shop", "cart", "set", "enforce"), limit("shop", "web", "web")],
  ],
};

test.each`
  at                                                        | begin
  ${{ scope: "mesh" }}                                      | ${["cart"]}
  ${{ scope: "namespace", name: "shop" }}                   | ${["cart"]}
  ${{ scope: "namespace", name: "bank" }}                   | ${["ledger"]}
  ${{ scope: "service", namespace: "shop", name: "web" }}   | ${["web"]}
  ${{ scope: "service", namespace: "shop", name: "no" }}    | ${[]}
  ${{ scope: "policy", namespace: "shop", name: "pinned" }} | ${["pinned"]}
  ${{ scope: "policy", namespace: "shop", name: "set" }}    | ${[]}
`("enforcing $at, $begin begin to act, held or not", ({ at, begin }) => {
  expect(newlyEnforced(config, at).map(({ name }) => name)).toEqual(begin);
  const held = { ...config, mesh: { ...config.mesh, hold: true } };
  expect(newlyEnforced(held, at).map(({ name }) => name)).toEqual(begin);
});

test("what is inherited again is as if it had never been set, and the mesh inherits from nobody", () => {
  const back = withMode(config, { scope: "service", namespace: "shop", name: "web" }, null);
  expect(newlyEnforced(back, { scope: "mesh" }).map(({ name }) => name)).toEqual(["cart", "web"]);
  expect(withMode(config, { scope: "mesh" }, null).mesh.mode).toBe("observe");
});

test.each`
  mesh         | at                                                      | begin
  ${"enforce"} | ${{ scope: "service", namespace: "shop", name: "web" }} | ${["web"]}
  ${"enforce"} | ${{ scope: "namespace", name: "bank" }}                 | ${["ledger"]}
  ${"enforce"} | ${{ scope: "namespace", name: "shop" }}                 | ${[]}
  ${"observe"} | ${{ scope: "service", namespace: "shop", name: "web" }} | ${[]}
`("inheriting at $at, where the mesh is set to $mesh, $begin begin to act", ({ mesh, at, begin }) => {
  const under = { ...config, mesh: { mode: mesh, hold: true } };
  expect(newlyEnforced(under, at, null).map(({ name }) => name)).toEqual(begin);
});
