import { Policy } from "@weir/domain";
import type { StoredPolicy } from "@weir/store";
import { expect, test } from "vitest";
import type { DatabaseFacts, MeshFacts } from "./mesh-facts.ts";
import { policyChecks } from "./policy-checks.ts";

const stored = (name: string, ...versions: string[]): StoredPolicy => ({
  policy: {
    ...Policy.parse({
      ...{ kind: "canary", name, namespace: "shop", targetRef: "cart", mode: "observe" },
      backends: versions.map((version, index) => ({ version, weight: index === 0 ? 100 : 0 })),
    }),
    revision: 1,
  },
  resolvedMode: { mode: "observe", origin: "policy" },
  ...{ changedAt: new Date(0), changedBy: "ada" },
});
const facts = (...policies: StoredPolicy[]): MeshFacts => ({
  ...{ atMs: 0, release: "0.1.0", controller: { ready: true, release: "0.1.0" } },
  collector: { ready: true, release: "0.1.0", status: undefined },
  database: {
    ...{ state: { nowMs: 0, pending: [], unknown: [] }, mesh: { mode: "observe", hold: false, revision: 1 } },
    knownServices: [{ namespace: "shop", name: "cart", versions: ["v1", "v2"], readyVersions: ["v1"] }],
    ...{ policies, services: [], idle: [], sidecars: [], newestSlotEndMs: 0, partitionsUntilMs: 0 },
  } satisfies DatabaseFacts,
});

test("policies that are well are one check that says so", () => {
  expect(policyChecks(facts(stored("a", "v1"), stored("b", "v1", "v2")))).toEqual([
    { id: "policies.findings", state: "ok", says: "nothing is odd about the 2 policies" },
  ]);
});

test("findings of one code are one check, with every policy and what to do", () => {
  expect(policyChecks(facts(stored("a", "v2"), stored("b", "v2"), stored("c", "v9")))).toEqual([
    {
      ...{ id: "policies.version-not-ready", state: "warning", hint: expect.stringMatching(/^Start an end/) },
      says: ["a", "b"]
        .map(
          (name) =>
            `shop/${name}: backends[0].version: cart v2 has no ready endpoint; its 100 % would be answered 503`,
        )
        .join(", "),
    },
    {
      ...{ id: "policies.unknown-version", state: "failed", hint: expect.stringMatching(/^Use one of/) },
      says: "shop/c: backends[0].version: cart has no version v9; it has v1, v2",
    },
  ]);
});

test("without a database nothing is known of them", () => {
  const [check] = policyChecks({ ...facts(), database: undefined });
  expect(check).toMatchObject({ id: "policies.findings", state: "unknown" });
});
