import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RequestFacts } from "../match/request-facts.ts";
import type { Mode } from "../mode/mode.ts";
import type { SnapshotPolicy } from "../snapshot/snapshot.ts";
import { deciderOf, policy } from "../testing/policies.ts";
import { compileDecider as compile, type Decider } from "./decide.ts";

const get = (path: string, headers: Readonly<Record<string, string>> = {}): RequestFacts => ({
  method: "GET",
  path,
  query: "",
  host: "payments",
  port: 80,
  source: { namespace: "shop", service: "web" },
  sourceAddress: "127.0.0.1",
  header: (name) => headers[name],
});

/** Routing alone, at a moment that does not matter. */
function compileDecider(service: Omit<Parameters<typeof compile>[0], "name">) {
  const decider = compile(
    { name: "payments", ...service },
    {
      sides: { admission: false, routing: true },
      cells: (_key, count) => new Int32Array(count),
    },
  );
  const decide = (request: RequestFacts, random: () => number): ReturnType<Decider["decide"]> =>
    decider.decide(request, random, 0);
  return { decide };
}

const to = (version: string) => [{ version, weight: 100 }];

function canary(name: string, mode: Mode, backends: SnapshotPolicyBackends): SnapshotPolicy {
  return { kind: "canary", name, namespace: "shop", targetRef: "payments", revision: 3, mode, backends };
}

/** Sends what lies under `path` to `version`. */
function route(name: string, mode: Mode, path: string, version: string): SnapshotPolicy {
  const rules = [{ match: [{ path: { prefix: path } }], backends: to(version) }];
  return { kind: "route", name, namespace: "shop", targetRef: "payments", revision: 1, mode, rules };
}

type SnapshotPolicyBackends = Extract<SnapshotPolicy, { kind: "canary" }>["backends"];

const split = [
  { version: "v1", weight: 70 },
  { version: "v2", weight: 30 },
];

describe("one policy", () => {
  test("without policies the stable version takes everything and nothing is decided", () => {
    const decider = compileDecider({ stableVersion: "v1", policies: [] });
    expect(decider.decide(get("/"), () => 0)).toEqual({
      version: "v1",
      pinned: false,
      decisions: [],
      action: undefined,
      watch: [],
      route: "",
    });
  });

  test("without any version there is none to send to", () => {
    expect(compileDecider({ policies: [] }).decide(get("/"), () => 0).version).toBeUndefined();
  });

  test.each`
    mode         | random   | version | verdict         | wouldAct | acted
    ${"observe"} | ${0.2}   | ${"v1"} | ${"version=v1"} | ${false} | ${false}
    ${"observe"} | ${0.7}   | ${"v1"} | ${"version=v2"} | ${true}  | ${false}
    ${"enforce"} | ${0.699} | ${"v1"} | ${"version=v1"} | ${false} | ${false}
    ${"enforce"} | ${0.7}   | ${"v2"} | ${"version=v2"} | ${true}  | ${true}
  `("a canary in $mode at $random goes to $version", ({ mode, random, version, ...decided }) => {
    const decider = compileDecider({ stableVersion: "v1", policies: [canary("c", mode, split)] });
    expect(decider.decide(get("/"), () => random)).toMatchObject({
      version,
      pinned: mode === "enforce",
      decisions: [{ policy: "c", kind: "canary", revision: 3, mode, reason: "weights", ...decided }],
    });
  });

  test("a canary's shares are exact over evenly spread draws", () => {
    const decider = compileDecider({ stableVersion: "v1", policies: [canary("c", "enforce", split)] });
    const versions = Array.from({ length: 1000 }, (_, i) => decider.decide(get("/"), () => i / 1000).version);
    expect(versions.filter((version) => version === "v2")).toHaveLength(300);
  });

  test("the first rule that matches decides and gives its name as the reason", () => {
    const named: SnapshotPolicy = {
      ...route("r", "enforce", "/a", "v1"),
      kind: "route",
      rules: [
        { name: "testers", match: [{ headers: [{ name: "x-beta", present: true }] }], backends: to("v3") },
        { match: [{ path: { prefix: "/a" } }], backends: to("v2") },
      ],
    };
    const decider = compileDecider({ stableVersion: "v1", policies: [named] });
    const outcome = (request: RequestFacts) => {
      const { version, decisions } = decider.decide(request, () => 0);
      return [version, decisions[0]?.verdict, decisions[0]?.reason];
    };
    expect(outcome(get("/a", { "x-beta": "" }))).toEqual(["v3", "version=v3", "testers"]);
    expect(outcome(get("/a"))).toEqual(["v2", "version=v2", "rules[1]"]);
    expect(outcome(get("/b"))).toEqual(["v1", undefined, undefined]);
  });
});

describe("precedence", () => {
  const e = "enforce" as const;
  const o = "observe" as const;
  const r = (mode: Mode) => route("r", mode, "/a", "v2");
  const c = (mode: Mode) => canary("c", mode, to("v3"));

  test.each`
    policies                                                  | path    | version | verdicts                        | acted             | why
    ${[c(e), r(e)]}                                           | ${"/a"} | ${"v2"} | ${["version=v2"]}               | ${[true]}         | ${"a route comes before a canary"}
    ${[c(e), r(e)]}                                           | ${"/b"} | ${"v3"} | ${["version=v3"]}               | ${[true]}         | ${"the route doesn't match"}
    ${[r(o), c(e)]}                                           | ${"/a"} | ${"v3"} | ${["version=v2", "version=v3"]} | ${[false, true]}  | ${"an observed route shadows nothing"}
    ${[r(e), c(o)]}                                           | ${"/a"} | ${"v2"} | ${["version=v2"]}               | ${[true]}         | ${"observed behind an enforced one"}
    ${[r(o), c(o)]}                                           | ${"/a"} | ${"v1"} | ${["version=v2", "version=v3"]} | ${[false, false]} | ${"both observed"}
    ${[route("b", e, "/a", "v2"), route("a", e, "/a", "v3")]} | ${"/a"} | ${"v3"} | ${["version=v3"]}               | ${[true]}         | ${"equals go by name"}
    ${[route("a", e, "/a", "v1"), c(e)]}                      | ${"/a"} | ${"v1"} | ${["version=v1"]}               | ${[false]}        | ${"choosing the stable version decides too"}
  `("$path goes to $version: $why", ({ policies, path, version, verdicts, acted }) => {
    const outcome = compileDecider({ stableVersion: "v1", policies }).decide(get(path), () => 0);
    expect(outcome.version).toBe(version);
    expect(outcome.decisions.map((d) => d.verdict)).toEqual(verdicts);
    expect(outcome.decisions.map((d) => d.acted)).toEqual(acted);
  });
});

describe("any set of policies", () => {
  const version = fc.constantFrom("v1", "v2", "v3");
  const path = fc.constantFrom("/", "/a", "/a/b", "/c");
  const backends = fc.tuple(fc.integer({ min: 0, max: 100 }), version, version).map(([weight, a, b]) =>
    a === b
      ? to(a)
      : [
          { version: a, weight },
          { version: b, weight: 100 - weight },
        ],
  );
  const rules = fc.array(
    fc.record(
      {
        match: fc.array(fc.record({ path: fc.record({ prefix: path }) }), { minLength: 1, maxLength: 2 }),
        backends,
      },
      { requiredKeys: ["backends"] },
    ),
    { minLength: 1, maxLength: 3 },
  );
  const own = { name: fc.stringMatching(/^[a-z]{1,4}$/), revision: fc.integer({ min: 1, max: 9 }) };
  const target = { namespace: fc.constant("shop"), targetRef: fc.constant("payments") };
  const policiesIn = (mode: fc.Arbitrary<Mode>): fc.Arbitrary<SnapshotPolicy[]> =>
    fc.uniqueArray(
      fc.oneof(
        fc.record({ kind: fc.constant("canary" as const), ...own, ...target, mode, backends }),
        fc.record({ kind: fc.constant("route" as const), ...own, ...target, mode, rules }),
      ),
      { selector: ({ name }) => name, maxLength: 5 },
    );
  const stable = fc.option(version, { nil: undefined });
  const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  const decide = (
    stableVersion: string | undefined,
    policies: SnapshotPolicy[],
    at: string,
    random: () => number,
  ) =>
    compileDecider({ ...(stableVersion === undefined ? {} : { stableVersion }), policies }).decide(
      get(at),
      random,
    );

  test("observed changes no request's version and never acts", () => {
    fc.assert(
      fc.property(
        stable,
        policiesIn(fc.constant("observe")),
        path,
        draw,
        (stableVersion, policies, at, random) => {
          const outcome = decide(stableVersion, policies, at, () => random);
          expect(outcome.version).toBe(stableVersion);
          expect(outcome.decisions.some((decision) => decision.acted)).toBe(false);
        },
      ),
    );
  });

  const mixed = policiesIn(fc.constantFrom("observe", "enforce"));

  test("observed policies change nothing of what the enforced ones do", () => {
    fc.assert(
      fc.property(stable, mixed, path, draw, (stableVersion, policies, at, random) => {
        const enforced = policies.filter(({ mode }) => mode === "enforce");
        const outcome = decide(stableVersion, policies, at, () => random);
        expect(outcome.version).toBe(decide(stableVersion, enforced, at, () => random).version);
      }),
    );
  });

  test("acted is said exactly when the version is another than the stable one, and by one policy", () => {
    fc.assert(
      fc.property(stable, mixed, path, draw, (stableVersion, policies, at, random) => {
        const { version: chosen, decisions } = decide(stableVersion, policies, at, () => random);
        const acting = decisions.filter((decision) => decision.acted);
        expect(acting).toHaveLength(chosen === stableVersion ? 0 : 1);
        for (const decision of acting) {
          expect(decision).toMatchObject({ mode: "enforce", wouldAct: true, verdict: `version=${chosen}` });
        }
      }),
    );
  });

  test("the order in which policies are listed doesn't matter", () => {
    fc.assert(
      fc.property(stable, mixed, path, draw, (stableVersion, policies, at, random) => {
        const reversed = [...policies].reverse();
        expect(decide(stableVersion, reversed, at, () => random)).toEqual(
          decide(stableVersion, policies, at, () => random),
        );
      }),
    );
  });
});

describe("all kinds at once", () => {
  const kinds = fc.constantFrom<[SnapshotPolicy["kind"], object]>(
    ["route", { rules: [{ redirect: { host: "a" } }] }],
    [
      "route",
      { rules: [{ match: [{ path: { prefix: "/a" } }], rewrite: { path: { prefix: "/b" } }, timeoutMs: 5 }] },
    ],
    [
      "route",
      { rules: [{ backends: to("v2"), mirror: { version: "v3" }, retry: { on: ["5xx"], attempts: 1 } }] },
    ],
    ["route", { rules: [{ fault: { delay: { ms: 1 }, abort: { status: 500, percent: 50 } } }] }],
    ["route", { rules: [{ requestHeaders: { remove: ["a"] }, responseHeaders: { remove: ["b"] } }] }],
    ["canary", { backends: split, sticky: { cookie: "user" } }],
    ["authorization", { rules: [] }],
    ["authorization", { action: "deny", rules: [{}] }],
    ["authorization", { rules: [{ from: [{ services: ["web"] }] }] }],
    ["rateLimit", { maxTokens: 1, tokensPerFill: 1, fillIntervalMs: 1000 }],
    ["circuitBreaker", { maxRequests: 0 }],
    ["outlierDetection", {}],
    ["loadBalancer", { algorithm: "random" }],
  );
  const setOf = (modes: fc.Arbitrary<Mode>) =>
    fc
      .array(fc.tuple(kinds, modes), { maxLength: 8 })
      .map((chosen) => chosen.map(([[kind, spec], mode], i) => policy(kind, `p${i}`, mode, spec)));
  const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const path = fc.constantFrom("/", "/a", "/a/b");

  test("observed, nothing is done: the outcome differs from none in what was said alone", () => {
    fc.assert(
      fc.property(setOf(fc.constant("observe")), path, draw, (policies, at, random) => {
        const decider = deciderOf(policies);
        for (let i = 0; i < 3; i++)
          expect(decider.decide(get(at), () => random, 0)).toMatchObject({
            ...{ version: "v1", pinned: false, action: undefined, route: "" },
          });
      }),
    );
  });

  test("observed beside enforced changes nothing of what the enforced do", () => {
    fc.assert(
      fc.property(setOf(fc.constantFrom("observe", "enforce")), path, draw, (policies, at, random) => {
        const both = deciderOf(policies);
        const enforced = deciderOf(policies.filter(({ mode }) => mode === "enforce"));
        for (let i = 0; i < 3; i++) {
          const { version, pinned, action, route: label } = both.decide(get(at), () => random, 0);
          const alone = enforced.decide(get(at), () => random, 0);
          expect({ version, pinned, action, route: label }).toEqual({
            ...{ version: alone.version, pinned: alone.pinned, action: alone.action, route: alone.route },
          });
        }
      }),
    );
  });

  test("a policy acts only where it is enforced and would act", () => {
    fc.assert(
      fc.property(setOf(fc.constantFrom("observe", "enforce")), path, draw, (policies, at, random) => {
        const { decisions } = deciderOf(policies).decide(get(at), () => random, 0);
        for (const { acted, wouldAct, mode } of decisions) expect(acted).toBe(wouldAct && mode === "enforce");
      }),
    );
  });

  test("a request that no policy says anything about gets the one outcome that is there already", () => {
    const decider = deciderOf([policy("route", "r", "enforce", { rules: [{ match: [{ method: "PUT" }] }] })]);
    expect(decider.decide(get("/"), () => 0, 0)).toBe(decider.decide(get("/a"), () => 0, 0));
  });
});
