import fc from "fast-check";
import { expect, test } from "vitest";
import { localCells } from "../cells.ts";
import { compileDecider } from "../decision/decide.ts";
import type { RequestFacts } from "../match/request-facts.ts";
import { Policy } from "../policy/policy.ts";
import { request, type Sent } from "../testing/request.ts";
import { type AnsweredRequest, replayPolicy } from "./policy-replay.ts";

const one = fc.constantFrom;
const few = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: 1, maxLength: 3 });
const paths = ["/", "/pay", "/pay/now", "/refund", "/a/../pay"];
const header = fc.record({ name: one("x-user", "x-beta"), exact: one("1", "2") });
const path = fc.oneof(fc.record({ exact: one(...paths) }), fc.record({ prefix: one("/pay", "/") }));
const optional = { requiredKeys: [] };

const from = {
  services: few(one("web", "cart", "*", "lab/*")),
  namespaces: few(one("shop", "lab")),
  ips: few(one("10.0.0.0/8")),
};
const to = {
  methods: few(one("GET", "POST")),
  paths: few(one("/pay*", "/refund")),
  hosts: few(one("pay*")),
  ports: few(one(80)),
  headers: few(header),
};
const authorization = fc.record({
  kind: fc.constant("authorization"),
  action: one("allow", "deny", "audit"),
  rules: fc.array(
    fc.record(
      { from: few(fc.record(from, optional)), to: few(fc.record(to, optional)) },
      { requiredKeys: [] },
    ),
    { maxLength: 3 },
  ),
});

const match = {
  path,
  method: one("GET", "POST"),
  headers: few(header),
  query: few(fc.record({ name: one("q"), exact: one("1") })),
};
const rule = fc
  .tuple(
    fc.record({ match: few(fc.record(match, optional)) }, { requiredKeys: [] }),
    one<object>(
      { backends: [{ version: "v2", weight: 100 }] },
      {
        backends: [
          { version: "v1", weight: 70 },
          { version: "v2", weight: 30 },
        ],
      },
      { mirror: { version: "v2", percent: 40 } },
      { redirect: { host: "elsewhere" } },
      { fault: { abort: { status: 503, percent: 20 } } },
      { requestHeaders: { remove: ["x-user"] } },
      { timeoutMs: 100 },
    ),
  )
  .map(([conditions, effect]) => ({ ...conditions, ...effect }));
const route = fc.record({
  kind: fc.constant("route"),
  rules: fc.array(rule, { minLength: 1, maxLength: 12 }),
});
const canary = fc.record(
  {
    kind: fc.constant("canary"),
    backends: fc.constant([
      { version: "v1", weight: 60 },
      { version: "v2", weight: 40 },
    ]),
    sticky: one<object>({ source: true }, { header: "x-session" }, { cookie: "user", maxAgeS: 60 }),
    pins: few(fc.record({ match: few(fc.record(match, optional)), version: one("v1", "v2") })),
    mirror: one<object>({ version: "v2" }, { version: "v2", percent: 40 }),
  },
  { requiredKeys: ["kind", "backends"] },
);
const bucket = {
  maxTokens: fc.integer({ min: 1, max: 4 }),
  tokensPerFill: one(1, 2),
  fillIntervalMs: one(50),
};
const rateLimit = fc.record({
  kind: fc.constant("rateLimit"),
  ...bucket,
  overrides: fc.array(
    fc.record({ match: fc.record({ path, source: fc.record({ service: one("web") }) }), ...bucket }),
    { maxLength: 2 },
  ),
});
const policyOf = (spec: fc.Arbitrary<object>) =>
  spec.map((members) =>
    Policy.parse({ name: "draft", namespace: "shop", targetRef: "payments", ...members }),
  );

const sent: fc.Arbitrary<Sent> = fc.record({
  method: one("GET", "POST"),
  target: fc.tuple(one(...paths), one("", "?q=1")).map(([asked, query]) => asked + query),
  from: one("shop/web", "shop/cart", "lab/x", "/outside"),
  ip: one("10.1.2.3", "192.168.0.1"),
  headers: fc.dictionary(one("x-user", "x-beta"), one("1", "2"), { maxKeys: 2 }),
});

/** What the access log keeps of it. */
const stored = ({ method, path: asked, host, source }: RequestFacts): AnsweredRequest => ({
  ...{ method, path: asked, host, source },
  ...{ protocol: "http", status: 200, flag: "", sent: true, version: "v1" },
});

/** The same policy in a sidecar that sees all of the request, and in the console that sees what was stored. */
function both(policy: Policy, chance: number) {
  const sidecar = compileDecider(
    { name: "payments", stableVersion: "v1", policies: [{ ...policy, mode: "enforce", revision: 1 }] },
    { sides: { admission: true, routing: true }, cells: localCells() },
  );
  const replay = replayPolicy(policy, {
    ...{ service: "payments", stableVersion: "v1" },
    sidecarsOf: () => 1,
    random: () => chance,
  });
  return {
    replay,
    decide: (facts: RequestFacts, atMs: number) => sidecar.decide(facts, () => chance, atMs),
  };
}

const chances = fc.double({ min: 0, max: 0.999_999, noNaN: true });

test("where the preview is certain, the sidecar does the very same", () => {
  let certain = 0;
  const cases = fc.oneof(policyOf(authorization), policyOf(route), policyOf(canary));
  fc.assert(
    fc.property(cases, sent, chances, (policy, asked, chance) => {
      const facts = request(asked);
      const { replay, decide } = both(policy, chance);
      const verdict = replay.judge(stored(facts), 0, 1);
      if (verdict.effect === "uncertain") return;
      certain++;
      const { action, version, decisions } = decide(facts, 0);
      const acted = decisions.find((decision) => decision.acted);
      expect(verdict.effect === "unchanged").toBe(acted === undefined);
      expect(verdict.verdict).toBe(acted?.verdict ?? "");
      expect(verdict.effect === "denied").toBe(action?.refuse?.status === 403);
      expect(verdict.effect === "redirected").toBe(action?.redirect !== undefined);
      if (verdict.effect === "rerouted") expect(version).toBe("v2");
      const alike = replay.judgeAlike(stored(facts));
      if (alike) expect(alike).toBe(verdict);
    }),
    { numRuns: 2_000 },
  );
  expect(certain).toBeGreaterThan(500);
});

test("a limit takes its tokens as the sidecar's bucket gives them", () => {
  const requests = fc.array(fc.record({ asked: sent, waitMs: fc.nat(60) }), { maxLength: 40 });
  fc.assert(
    fc.property(policyOf(rateLimit), requests, (policy, all) => {
      const { replay, decide } = both(policy, 0);
      let atMs = 1_900_000_000_000;
      for (const { asked, waitMs } of all) {
        const facts = request(asked);
        atMs += waitMs;
        const limited = decide(facts, atMs).action?.refuse?.status === 429;
        expect(replay.judge(stored(facts), atMs, 1).effect).toBe(limited ? "limited" : "unchanged");
      }
    }),
  );
});
