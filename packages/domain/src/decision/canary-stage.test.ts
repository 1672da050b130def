import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deciderOf, policy } from "../testing/policies.ts";
import { connection, request } from "../testing/request.ts";

const canary = (share: number, sticky?: object, mode: "observe" | "enforce" = "enforce") =>
  policy("canary", "c", mode, {
    backends: [
      { version: "v1", weight: 100 - share },
      { version: "v2", weight: share },
    ],
    ...(sticky && { sticky }),
  });

const user = (id: string) =>
  request({ headers: { cookie: `a=b; user=${id}`, "x-user": id }, from: `shop/u${id}` });
const versionOf = (share: number, sticky: object, id: string, draw = 0) =>
  deciderOf([canary(share, sticky)]).decide(user(id), () => draw, 0).version;

test.each`
  sticky                  | reason
  ${{ cookie: "user" }}   | ${"weights, sticky by cookie user"}
  ${{ header: "X-User" }} | ${"weights, sticky by header X-User"}
  ${{ source: true }}     | ${"weights, sticky by source"}
`(
  "by $sticky a user stays in one version, and raising the weight only moves users forward",
  ({ sticky, reason }) => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{1,12}$/), fc.nat(100), fc.nat(100), (id, a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        const before = versionOf(less, sticky, id, 0.1);
        expect(versionOf(less, sticky, id, 0.9)).toBe(before);
        if (before === "v2") expect(versionOf(more, sticky, id)).toBe("v2");
      }),
    );
    const { decisions } = deciderOf([canary(50, sticky)]).decide(user("1"), () => 0, 0);
    expect(decisions[0]?.reason).toBe(reason);
  },
);

test("users are spread by the weights", () => {
  const versions = Array.from({ length: 10_000 }, (_, i) => versionOf(30, { cookie: "user" }, `u-${i}`));
  const share = versions.filter((version) => version === "v2").length / versions.length;
  // Four standard deviations of 10,000 draws at 30 %.
  expect(Math.abs(share - 0.3)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / 10_000));
});

test.each`
  sticky                  | sent
  ${{ cookie: "user" }}   | ${{}}
  ${{ cookie: "user" }}   | ${{ headers: { cookie: "user=" } }}
  ${{ header: "x-user" }} | ${{}}
  ${{ source: true }}     | ${{ from: "/outside" }}
`("who has nothing to stick by ($sticky, $sent) is drawn", ({ sticky, sent }) => {
  const decider = deciderOf([canary(50, sticky)]);
  expect([0, 0.6].map((draw) => decider.decide(request(sent), () => draw, 0).version)).toEqual(["v1", "v2"]);
});

test("observed it says where the user would be and leaves it where it is", () => {
  const outcome = deciderOf([canary(100, { cookie: "user" }, "observe")]).decide(user("1"), () => 0, 0);
  expect(outcome).toMatchObject({ version: "v1", pinned: false, action: undefined });
  expect(outcome.decisions).toMatchObject([{ verdict: "version=v2", wouldAct: true, acted: false }]);
});

const spread = (share: number) => [
  { version: "v1", weight: 100 - share },
  { version: "v2", weight: share },
];
const pinned = (mode: "observe" | "enforce", ...pins: object[]) =>
  deciderOf([policy("canary", "c", mode, { backends: spread(0), pins })]);
const beta = { headers: [{ name: "x-beta", present: true }] };

describe("pins", () => {
  const pins = [
    { match: [beta, { path: { prefix: "/new" } }], version: "v2" },
    { match: [{ path: { exact: "/new" } }, {}], version: "v3" },
  ];
  test.each`
    sent                                          | said
    ${{ headers: { "x-beta": "1" } }}             | ${"pins[0]: version=v2"}
    ${{ target: "/new/a" }}                       | ${"pins[0]: version=v2"}
    ${{ target: "/new", headers: { "x-b": "" } }} | ${"pins[0]: version=v2"}
    ${{ target: "/old" }}                         | ${"pins[1]: version=v3"}
  `("come before the shares, the first that matches: $sent meets $said", ({ sent, said }) => {
    for (const mode of ["observe", "enforce"] as const) {
      const { decisions, version } = pinned(mode, ...pins).decide(request(sent), () => 0, 0);
      expect(decisions.map(({ reason, verdict }) => `${reason}: ${verdict}`)).toEqual([said]);
      expect(version).toBe(mode === "enforce" ? decisions[0]?.verdict.slice("version=".length) : "v1");
    }
  });

  test("that match nothing leave it to the shares", () => {
    const { decisions } = pinned("enforce", { match: [beta], version: "v2" }).decide(request(), () => 0, 0);
    expect(decisions).toMatchObject([{ reason: "weights", verdict: "version=v1", acted: false }]);
  });

  test("are not met by a connection without HTTP", () => {
    const { version } = pinned("enforce", { match: [{}], version: "v2" }).decide(connection(), () => 0, 0);
    expect(version).toBe("v1");
  });
});

describe("the mirror", () => {
  const mirroring = (share: number, more: object = {}, mode: "observe" | "enforce" = "enforce") =>
    deciderOf([
      policy("canary", "c", mode, {
        backends: spread(share),
        mirror: { version: "v2", percent: 25 },
        ...more,
      }),
    ]);

  test.each`
    share  | draws           | verdict                    | copied
    ${50}  | ${[0.1, 0.249]} | ${"version=v1, mirror=v2"} | ${"v2"}
    ${50}  | ${[0.9]}        | ${"version=v2"}            | ${undefined}
    ${0}   | ${[0.249]}      | ${"version=v1, mirror=v2"} | ${"v2"}
    ${0}   | ${[0.25]}       | ${"version=v1"}            | ${undefined}
    ${100} | ${[0]}          | ${"version=v2"}            | ${undefined}
  `("copies $copied at $share % and draws of $draws", ({ share, draws, verdict, copied }) => {
    const outcome = mirroring(share).decide(request(), () => draws.shift(), 0);
    expect(outcome.decisions).toMatchObject([{ verdict }]);
    expect(outcome.action?.mirrorVersion).toBe(copied);
  });

  test("copies what is pinned elsewhere, and all where no percentage is named", () => {
    const more = { mirror: { version: "v2" }, pins: [{ match: [beta], version: "v3" }] };
    const outcome = mirroring(0, more).decide(request({ headers: { "x-beta": "" } }), () => 0.999, 0);
    expect(outcome).toMatchObject({ version: "v3", action: { mirrorVersion: "v2" } });
  });

  test("in observe says what it would copy", () => {
    const outcome = mirroring(0, {}, "observe").decide(request(), () => 0, 0);
    expect(outcome).toMatchObject({ version: "v1", pinned: false, action: undefined });
    expect(outcome.decisions).toMatchObject([
      { verdict: "version=v1, mirror=v2", wouldAct: true, acted: false },
    ]);
  });

  test("of a route that the request follows comes first, and what else the route does stays", () => {
    const follow = (rule: object) =>
      deciderOf([
        policy("route", "r", "enforce", { rules: [rule] }),
        policy("canary", "c", "enforce", { backends: spread(0), mirror: { version: "v2" } }),
      ]).decide(request(), () => 0, 0);
    const elsewhere = follow({ mirror: { version: "v3" } });
    expect(elsewhere.action).toEqual({ mirrorVersion: "v3" });
    expect(elsewhere.decisions.map(({ verdict }) => verdict)).toEqual(["mirror=v3", "version=v1"]);
    expect(follow({ timeoutMs: 5 }).action).toEqual({ timeoutMs: 5, mirrorVersion: "v2" });
  });
});

describe("the cookie that it gives", () => {
  const page = "text/html,*/*;q=0.8";
  const giving = (share: number, mode: "observe" | "enforce" = "enforce", more: object = {}) =>
    deciderOf([
      policy("canary", "c", mode, {
        backends: spread(share),
        sticky: { cookie: "weir-sticky", maxAgeS: 60 },
        ...more,
      }),
    ]);
  const bring = (cookie: string | undefined) =>
    request({ headers: { accept: page, ...(cookie !== undefined && { cookie }) } });

  test("holds a random id, for as long as it says", () => {
    const draws = [0.25, 0.999_999_999_9];
    const { action } = giving(50).decide(bring(undefined), () => draws.shift()!, 0);
    const given = "weir-sticky=40000000ffffffff; Path=/; Max-Age=60; HttpOnly; SameSite=Lax";
    expect(action).toEqual({ setCookie: given });
    expect(draws).toEqual([]);
  });

  test("draws the very request that is given it, and a user only ever moves forward", () => {
    const draw = fc.double({ min: 0, max: 0.999_999, noNaN: true });
    fc.assert(
      fc.property(draw, draw, fc.array(fc.nat(100), { minLength: 1, maxLength: 8 }), (one, two, shares) => {
        const ids = [one, two];
        const rising = shares.sort((a, b) => a - b);
        const first = giving(rising[0]!).decide(bring(undefined), () => ids.shift()!, 0);
        const [cookie] = first.action!.setCookie!.split(";");
        const versions = rising.map((share) => giving(share).decide(bring(cookie), Math.random, 0));
        expect(versions.every(({ action }) => action === undefined)).toBe(true);
        const seen = [first, ...versions].map(({ version }) => version);
        expect(seen[1]).toBe(seen[0]);
        expect(seen).toEqual([...seen].sort());
      }),
    );
  });

  test.each`
    what                           | mode         | cookie                       | accept                | given
    ${"a browser without it"}      | ${"enforce"} | ${undefined}                 | ${page}               | ${true}
    ${"a browser with others"}     | ${"enforce"} | ${"a=b; xweir-sticky=1"}     | ${page}               | ${true}
    ${"an empty one"}              | ${"enforce"} | ${"weir-sticky="}            | ${page}               | ${true}
    ${"cookies that are none"}     | ${"enforce"} | ${";;weir-sticky;= ,\u00ff"} | ${page}               | ${true}
    ${"a browser that has it"}     | ${"enforce"} | ${"a=b; weir-sticky=1"}      | ${page}               | ${false}
    ${"a program that takes all"}  | ${"enforce"} | ${undefined}                 | ${"*/*"}              | ${false}
    ${"a program that takes JSON"} | ${"enforce"} | ${undefined}                 | ${"application/json"} | ${false}
    ${"a program that says none"}  | ${"enforce"} | ${undefined}                 | ${undefined}          | ${false}
    ${"a browser in observe"}      | ${"observe"} | ${undefined}                 | ${page}               | ${false}
  `("$what is given one: $given", ({ mode, cookie, accept, given }) => {
    const asked = request({ headers: { ...(cookie && { cookie }), ...(accept && { accept }) } });
    const { action } = giving(50, mode).decide(asked, () => 0, 0);
    expect(action?.setCookie !== undefined).toBe(given);
  });

  test("is not given to whom a pin takes, nor by a canary whose application gives it", () => {
    const pins = [{ match: [{}], version: "v2" }];
    const decided = [
      giving(50, "enforce", { pins }),
      giving(50, "enforce", { sticky: { cookie: "own" } }),
    ].map((decider) => decider.decide(bring(undefined), () => 0, 0));
    expect(decided.map(({ action }) => action)).toEqual([undefined, undefined]);
  });

  test("goes with what a route does, and with a copy", () => {
    const both = deciderOf([
      policy("route", "r", "enforce", { rules: [{ timeoutMs: 5 }] }),
      policy("canary", "c", "enforce", {
        ...{ backends: spread(0), mirror: { version: "v2" } },
        sticky: { cookie: "weir-sticky", maxAgeS: 60 },
      }),
    ]);
    const expected = {
      timeoutMs: 5,
      mirrorVersion: "v2",
      setCookie: expect.stringMatching(/^weir-sticky=0{16};/),
    };
    expect(both.decide(bring(undefined), () => 0, 0).action).toEqual(expected);
  });
});
