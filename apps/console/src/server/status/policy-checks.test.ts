import { findingOf, Policy } from "@weir/domain";
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
    inTraffic: { findings: [], unread: 0 },
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

test("more policies than sidecars bear are told of, and are no failure while they stand", () => {
  const many = Array.from({ length: 201 }, (_, at) => stored(`c${at}`, "v1"));
  expect(policyChecks(facts(...many))).toContainEqual({
    ...{ id: "policies.too-many-policies", state: "warning", hint: expect.stringMatching(/^Put several/) },
    says: expect.stringContaining("cart has 201 policies; its sidecars bear 200"),
  });
});

test("what the requests of late say stands beside it, and what there was no time for is said", () => {
  const { policy } = stored("a", "v1");
  const odd = findingOf("match-not-met", "pins[0]", "no request meets it");
  const { database } = facts(stored("a", "v1"));
  const inTraffic = {
    findings: [
      { policy, finding: odd },
      { policy, finding: { ...odd, ignored: true } },
    ],
    unread: 3,
  };
  expect(policyChecks({ ...facts(), database: { ...(database as DatabaseFacts), inTraffic } })).toMatchObject(
    [
      { id: "policies.match-not-met", state: "ok", says: "shop/a: pins[0]: no request meets it" },
      {
        id: "policies.traffic",
        state: "unknown",
        says: expect.stringContaining("no time to judge 3 policies"),
      },
    ],
  );
});

test("a service that nobody guards is named beside one that is", () => {
  const guard = {
    kind: "authorization",
    name: "g",
    namespace: "shop",
    targetRef: "web",
    rules: [{ from: [{ services: ["*"] }] }],
  };
  const database = facts(stored("a", "v1")).database as DatabaseFacts;
  const known = [...database.knownServices, { ...database.knownServices[0]!, name: "web" }];
  const policies = [{ ...stored("a", "v1"), policy: { ...Policy.parse(guard), revision: 1 } }];
  expect(
    policyChecks({ ...facts(), database: { ...database, policies, knownServices: known } }),
  ).toMatchObject([
    {
      id: "policies.uncovered-workload",
      state: "ok",
      says: expect.stringMatching(/^shop\/cart: no authorization/),
    },
  ]);
});

test("without a database nothing is known of them", () => {
  const [check] = policyChecks({ ...facts(), database: undefined });
  expect(check).toMatchObject({ id: "policies.findings", state: "unknown" });
});
