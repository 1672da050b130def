import fc from "fast-check";
import { expect, test } from "vitest";
import { sparedVerdict } from "../authorization/spared-verdict.ts";
import { localCells } from "../cells.ts";
import { compileDecider } from "../decision/decide.ts";
import { Policy } from "../policy/policy.ts";
import { request } from "../testing/request.ts";
import { effectOf, effectOfVerdict } from "./preview-effect.ts";

const one = fc.constantFrom;
const paths = ["/", "/pay", "/refund"];
const match = one([{ path: { exact: "/pay" } }], [{ method: "GET" }], [{ path: { prefix: "/" } }]);
const act = one<object>(
  { backends: [{ version: "v2", weight: 100 }] },
  { backends: [{ version: "v1", weight: 100 }], mirror: { version: "v2", percent: 50 } },
  { redirect: { host: "elsewhere" }, fault: { delay: { ms: 5, percent: 50 } } },
  { fault: { abort: { status: 503, percent: 20 } }, requestHeaders: { remove: ["x-user"] } },
  { rewrite: { host: "b" } },
);
const specs = fc.oneof(
  fc.record({
    kind: one("route"),
    rules: fc.array(
      fc.tuple(match, act).map(([when, then]) => ({ match: when, ...then })),
      { minLength: 1, maxLength: 3 },
    ),
  }),
  fc.record({
    kind: one("canary"),
    backends: one([
      { version: "v1", weight: 60 },
      { version: "v2", weight: 40 },
    ]),
  }),
  fc.record({
    kind: one("authorization"),
    action: one("allow", "deny"),
    rules: one([{ from: [{ services: ["web"] }] }], [{ to: [{ paths: ["/pay"] }] }], []),
  }),
  fc.record({ kind: one("rateLimit"), maxTokens: one(1, 2), tokensPerFill: one(1), fillIntervalMs: one(50) }),
);
const sent = fc.record({
  method: one("GET", "POST"),
  target: one(...paths),
  from: one("shop/web", "shop/cart"),
});

type Mode = "observe" | "enforce";

function decider(policy: Policy, mode: Mode) {
  return deciderOf([{ policy, mode }]);
}

function deciderOf(policies: readonly { readonly policy: Policy; readonly mode: Mode }[]) {
  return compileDecider(
    {
      ...{ name: "payments", stableVersion: "v1" },
      policies: policies.map(({ policy, mode }) => ({ ...policy, mode, revision: 1 })),
    },
    { sides: { admission: true, routing: true }, cells: localCells() },
  );
}

test("what an observed decision's count is read as is what the enforced sidecar does to the same requests", () => {
  const cases = fc.array(fc.tuple(sent, fc.double({ min: 0, max: 0.999, noNaN: true })), { maxLength: 12 });
  fc.assert(
    fc.property(specs, cases, (spec, requests) => {
      const policy = Policy.parse({ name: "own", namespace: "shop", targetRef: "payments", ...spec });
      const [observes, enforces] = [decider(policy, "observe"), decider(policy, "enforce")];
      requests.forEach(([asked, chance], i) => {
        const atMs = 1_900_000_000_000 + i * 20;
        const observed = observes.decide(request(asked), () => chance, atMs);
        const enforced = enforces.decide(request(asked), () => chance, atMs);
        expect(observed.action).toBeUndefined();
        const decision = observed.decisions.find(({ wouldAct }) => wouldAct);
        const read = decision ? effectOfVerdict(policy.kind, decision.verdict, "v1") : "unchanged";
        expect(read).toBe(effectOf(enforced, "v1"));
      });
    }),
    { numRuns: 1_000 },
  );
});

test("an observed allow tells how many requests it would refuse, alone and beside any others that go on observing", () => {
  const rules = fc.array(
    one({ from: [{ services: ["web"] }] }, { from: [{ services: ["cart"] }] }, { to: [{ paths: ["/pay"] }] }),
    { maxLength: 2 },
  );
  const allows = fc.array(rules, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(allows, fc.array(sent, { maxLength: 12 }), (all, requests) => {
      const [own, ...others] = all.map((some, i) =>
        Policy.parse({
          ...{ kind: "authorization", name: `allow-${i}`, namespace: "shop", targetRef: "payments" },
          rules: some,
        }),
      );
      const observing = others.map((policy) => ({ policy, mode: "observe" as const }));
      const observes = deciderOf([{ policy: own!, mode: "observe" }, ...observing]);
      const enforces = deciderOf([{ policy: own!, mode: "enforce" }, ...observing]);
      for (const asked of requests) {
        const { decisions } = observes.decide(request(asked), () => 0, 0);
        const said = decisions.find(({ policy }) => policy === own!.name);
        const { action } = enforces.decide(request(asked), () => 0, 0);
        expect(said?.verdict === "deny" || said?.verdict === sparedVerdict).toBe(
          action?.refuse !== undefined,
        );
      }
    }),
  );
});
