import { compileDecider, localCells, Policy, type RequestFacts, type RevisedPolicy } from "@weir/domain";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ObservedDecisions } from "../telemetry/observed-decisions.ts";
import { unsparedDecisions } from "./unspared-decisions.ts";

const place = { namespace: "shop", targetRef: "payments" };
const rule = fc.constantFrom(
  { from: [{ services: ["web"] }] },
  { from: [{ services: ["cart"] }] },
  { to: [{ paths: ["/pay"] }] },
  { to: [{ paths: ["/refund"] }] },
);
const allows = fc
  .array(fc.record({ rules: fc.array(rule, { maxLength: 2 }), begins: fc.boolean() }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((all) =>
    all.map(({ rules, begins }, index) => {
      const policy = Policy.parse({ kind: "authorization", ...place, name: `allow-${index}`, rules });
      return { policy: { ...policy, revision: 1 } as RevisedPolicy, begins };
    }),
  );
const requests = fc.array(
  fc.record({ caller: fc.constantFrom("web", "cart"), path: fc.constantFrom("/", "/pay", "/refund") }),
  { maxLength: 30 },
);
type Asked = (typeof requests extends fc.Arbitrary<infer T> ? T : never)[number];

test("what is predicted to be denied is what the sidecar denies, with one that begins; with several it is no less", () => {
  fc.assert(
    fc.property(allows, requests, (all, asked) => {
      const beginning = all.filter(({ begins }) => begins).map(({ policy }) => policy);
      fc.pre(beginning.length > 0);
      const rows = observedOf(
        all.map(({ policy }) => policy),
        asked,
      );
      const predicted = unsparedDecisions(rows, beginning, () => false);
      const enforced = deciderOf(
        all.map(({ policy, begins }) => ({ ...policy, mode: begins ? "enforce" : "observe" })),
      );
      for (const caller of ["web", "cart"]) {
        const own = asked.filter((one) => one.caller === caller);
        const denied = own.filter((one) => enforced.decide(factsOf(one), () => 0, 0).action?.refuse).length;
        for (const { name } of beginning) {
          const told = deniedOf(predicted, name, caller);
          if (beginning.length === 1) expect(told).toBe(denied);
          else expect(told).toBeGreaterThanOrEqual(denied);
          expect(told).toBeLessThanOrEqual(own.length);
        }
      }
    }),
  );
});

test("together, or beside one that acts already, they deny nobody whom one of them lets in", () => {
  fc.assert(
    fc.property(allows, requests, (all, asked) => {
      const policies = all.map(({ policy }) => policy);
      const rows = observedOf(policies, asked);
      const told = rows.filter(({ verdict }) => verdict !== "spared");
      expect(unsparedDecisions(rows, policies, () => false)).toEqual(told);
      expect(unsparedDecisions(rows, policies.slice(0, 1), () => true)).toEqual(told);
    }),
  );
});

function deniedOf(rows: readonly ObservedDecisions[], policy: string, caller: string): number {
  return rows
    .filter((row) => row.policy === policy && row.source.service === caller && row.verdict === "deny")
    .reduce((sum, { wouldAct }) => sum + wouldAct, 0);
}

function deciderOf(policies: readonly RevisedPolicy[]) {
  return compileDecider(
    {
      ...{ name: "payments", stableVersion: "v1" },
      policies: policies.map((policy) => ({ ...policy, mode: policy.mode ?? "observe" })),
    },
    { sides: { admission: true, routing: true }, cells: localCells() },
  );
}

/** As sidecars count them while all of the policies observe. */
function observedOf(policies: readonly RevisedPolicy[], asked: readonly Asked[]): ObservedDecisions[] {
  const observes = deciderOf(policies);
  const counts = new Map<string, ObservedDecisions>();
  for (const one of asked)
    for (const { policy, verdict, wouldAct } of observes.decide(factsOf(one), () => 0, 0).decisions) {
      const key = `${one.caller} ${policy} ${verdict}`;
      const { evaluated = 0, wouldAct: acting = 0 } = counts.get(key) ?? {};
      counts.set(key, {
        ...{ namespace: "shop", policy, kind: "authorization", revision: 1, verdict },
        ...{ evaluated: evaluated + 1, wouldAct: acting + Number(wouldAct) },
        source: { namespace: "shop", service: one.caller },
        destination: { namespace: "shop", service: "payments" },
      });
    }
  return [...counts.values()];
}

function factsOf({ caller, path }: Asked): RequestFacts {
  return {
    ...{ method: "GET", path, query: "", host: "payments", port: 80, sourceAddress: "" },
    source: { namespace: "shop", service: caller },
    header: () => undefined,
  };
}
