import { describe, expect, test } from "vitest";
import type { RouteRule } from "../policy/route.ts";
import { deciderOf, policy } from "../testing/policies.ts";
import { connection, request, type Sent } from "../testing/request.ts";

const e = "enforce" as const;
const o = "observe" as const;

const route = (name: string, mode: typeof e | typeof o, ...rules: object[]) =>
  policy("route", name, mode, { rules });
const canary = (name: string, mode: typeof e | typeof o, version: string) =>
  policy("canary", name, mode, { backends: [{ version, weight: 100 }] });
const to = (version: string) => [{ version, weight: 100 }];

const prefix = { match: [{ path: { prefix: "/old" } }] };
const edits = { set: [{ name: "X-A", value: "1" }], add: [{ name: "X-B", value: "2" }], remove: ["X-C"] };
const editsOut = { set: edits.set, add: edits.add, remove: ["x-c"] };

/** A rule, what it says of GET /old/x?q=1, and what it changes where it is enforced. */
const table: [
  what: string,
  rule: Partial<Record<keyof RouteRule, unknown>>,
  verdict: string,
  action: object | undefined,
][] = [
  ["nothing", {}, "unchanged", undefined],
  ["the stable version", { backends: to("v1") }, "version=v1", undefined],
  ["another version", { backends: to("v2") }, "version=v2", undefined],
  ["request headers", { requestHeaders: edits }, "headers", { requestHeaders: editsOut }],
  [
    "response headers",
    { responseHeaders: { remove: ["Server"] } },
    "headers",
    { responseHeaders: { set: [], add: [], remove: ["server"] } },
  ],
  ["a host rewrite", { rewrite: { host: "other" } }, "rewrite", { rewrite: { host: "other" } }],
  ["a full path", { rewrite: { path: { full: "/all" } } }, "rewrite", { rewrite: { path: "/all" } }],
  [
    "a prefix",
    { ...prefix, rewrite: { host: "h", path: { prefix: "/new/" } } },
    "rewrite",
    { rewrite: { host: "h", path: "/new/x" } },
  ],
  [
    "a prefix by the root",
    { ...prefix, rewrite: { path: { prefix: "/" } } },
    "rewrite",
    { rewrite: { path: "/x" } },
  ],
  [
    "a path redirect",
    { ...prefix, redirect: { path: { prefix: "/new" } } },
    "redirect=302",
    { redirect: { status: 302, location: "/new/x?q=1" } },
  ],
  [
    "a full redirect",
    { redirect: { scheme: "https", host: "a.example", port: 8443, path: { full: "/z" }, status: 308 } },
    "redirect=308",
    { redirect: { status: 308, location: "https://a.example:8443/z?q=1" } },
  ],
  [
    "a scheme redirect",
    { redirect: { scheme: "https", status: 301 } },
    "redirect=301",
    { redirect: { status: 301, location: "https://payments/old/x?q=1" } },
  ],
  [
    "a host redirect",
    { redirect: { host: "a.example" } },
    "redirect=302",
    { redirect: { status: 302, location: "http://a.example:8080/old/x?q=1" } },
  ],
  ["a mirror", { mirror: { version: "v2" } }, "mirror=v2", { mirrorVersion: "v2" }],
  ["a delay", { fault: { delay: { ms: 100 } } }, "delay=100ms", { fault: { delayMs: 100 } }],
  [
    "an abort",
    { fault: { abort: { status: 503 } }, backends: to("v2"), mirror: { version: "v2" }, timeoutMs: 5 },
    "abort=503",
    { fault: { abort: { status: 503 } } },
  ],
  [
    "a gRPC abort",
    { fault: { delay: { ms: 5 }, abort: { grpcStatus: 14 } } },
    "delay=5ms, abort=grpc-14",
    { fault: { delayMs: 5, abort: { grpcStatus: 14 } } },
  ],
  [
    "a redirect aborted",
    { redirect: { host: "a" }, fault: { abort: { status: 500 } } },
    "abort=500",
    { fault: { abort: { status: 500 } } },
  ],
  [
    "a redirect delayed",
    { redirect: { scheme: "https", path: { full: "/" } }, fault: { delay: { ms: 1 } } },
    "delay=1ms, redirect=302",
    { fault: { delayMs: 1 }, redirect: { status: 302, location: "https://payments/?q=1" } },
  ],
  [
    "all at once",
    { backends: to("v2"), requestHeaders: edits, mirror: { version: "v3" }, rewrite: { host: "h" } },
    "version=v2, rewrite, headers, mirror=v3",
    { requestHeaders: editsOut, rewrite: { host: "h" }, mirrorVersion: "v3" },
  ],
  ["a timeout", { timeoutMs: 100 }, "unchanged", { timeoutMs: 100 }],
];

const asked = request({ target: "/old/x?q=1", port: 8080 });

describe.each(table)("%s", (_what, rule, verdict, action) => {
  const wouldAct = verdict !== "unchanged" && verdict !== "version=v1";

  test("observed is said and changes nothing", () => {
    const outcome = deciderOf([route("r", o, rule)]).decide(asked, () => 0, 0);
    expect(outcome.decisions).toEqual([
      {
        policy: "r",
        kind: "route",
        revision: 1,
        mode: o,
        verdict,
        wouldAct,
        acted: false,
        reason: "rules[0]",
      },
    ]);
    expect(outcome).toMatchObject({ version: "v1", pinned: false, action: undefined, route: "" });
  });

  test("enforced is done", () => {
    const outcome = deciderOf([route("r", e, { name: "n", ...rule })]).decide(asked, () => 0, 0);
    expect(outcome.decisions).toMatchObject([{ verdict, wouldAct, acted: wouldAct, reason: "n" }]);
    expect(outcome.action).toEqual(action);
    expect(outcome.route).toBe("r/n");
    const version = /version=(\w+)/.exec(verdict)?.[1];
    expect(outcome).toMatchObject({ version: version ?? "v1", pinned: version !== undefined });
  });
});

test.each`
  prefix     | by         | path         | becomes
  ${"/old"}  | ${"/new"}  | ${"/old"}    | ${"/new"}
  ${"/old/"} | ${"/new"}  | ${"/old/"}   | ${"/new/"}
  ${"/old/"} | ${"/new/"} | ${"/old/a"}  | ${"/new/a"}
  ${"/old"}  | ${"/"}     | ${"/old"}    | ${"/"}
  ${"/old"}  | ${"/"}     | ${"/old/a"}  | ${"/a"}
  ${"/"}     | ${"/new"}  | ${"/a"}      | ${"/new/a"}
  ${"/"}     | ${"/new"}  | ${"/"}       | ${"/new/"}
  ${"/old"}  | ${"/"}     | ${"/old//a"} | ${"//a"}
`("the prefix $prefix by $by: $path becomes $becomes", ({ prefix: from, by, path, becomes }) => {
  const rule = { match: [{ method: "PUT", path: { prefix: "/never" } }, { path: { prefix: from } }] };
  const rewritten = deciderOf([route("r", e, { ...rule, rewrite: { path: { prefix: by } } })]);
  expect(rewritten.decide(request({ target: path }), () => 0, 0).action?.rewrite?.path).toBe(becomes);
});

test("a relative Location never names a host", () => {
  const decider = deciderOf([route("r", e, { ...prefix, redirect: { path: { prefix: "/" } } })]);
  const { action } = decider.decide(request({ target: "/old//evil.example" }), () => 0, 0);
  expect(action?.redirect?.location).toBe("http://payments//evil.example");
});

describe("chance", () => {
  const fault = { delay: { ms: 1, percent: 50 }, abort: { status: 500, percent: 10 } };
  const decider = deciderOf([route("r", e, { fault, mirror: { version: "v2", percent: 25 } })]);
  const verdicts = (...draws: number[]) =>
    decider.decide(request(), () => draws.shift() ?? 0.999, 0).decisions[0]?.verdict;

  test.each`
    draws                | verdict
    ${[0.5, 0.1, 0.25]}  | ${"unchanged"}
    ${[0.49, 0.1, 0.25]} | ${"delay=1ms"}
    ${[0.5, 0.09]}       | ${"abort=500"}
    ${[0.49, 0.09]}      | ${"delay=1ms, abort=500"}
    ${[0.5, 0.1, 0.24]}  | ${"mirror=v2"}
  `("the draws $draws are $verdict", ({ draws, verdict }) => {
    expect(verdicts(...draws)).toBe(verdict);
  });

  test.each`
    headers              | verdict
    ${{}}                | ${"unchanged"}
    ${{ "x-chaos": "" }} | ${"abort=500"}
  `("behind a header: $headers are $verdict", ({ headers, verdict }) => {
    const behind = { fault: { abort: { status: 500 }, whenHeader: "X-Chaos" } };
    const { decisions } = deciderOf([route("r", e, behind)]).decide(request({ headers }), () => 0, 0);
    expect(decisions[0]?.verdict).toBe(verdict);
  });

  test("the same outcome is the same object, so that it can be counted by identity", () => {
    const [first, second] = [0, 1].map(() => decider.decide(request(), () => 0, 0));
    expect(first?.decisions[0]).toBe(second?.decisions[0]);
    expect(first?.action).toBe(second?.action);
    expect(Object.isFrozen(first?.decisions[0])).toBe(true);
  });
});

describe("with other policies", () => {
  const redirect = { redirect: { host: "a" } };
  const headers = { requestHeaders: { remove: ["a"] } };
  test.each`
    policies                                                           | verdicts                          | version | why
    ${[route("r", e, headers), canary("c", e, "v2")]}                  | ${["headers", "version=v2"]}      | ${"v2"} | ${"without backends the canary chooses"}
    ${[route("r", e, redirect), canary("c", e, "v2")]}                 | ${["redirect=302"]}               | ${"v1"} | ${"a redirected request has no version"}
    ${[route("r", o, redirect), canary("c", e, "v2")]}                 | ${["redirect=302", "version=v2"]} | ${"v2"} | ${"an observed redirect stops nothing"}
    ${[route("a", e, headers), route("b", e, { backends: to("v3") })]} | ${["headers"]}                    | ${"v1"} | ${"one enforced route is followed"}
    ${[route("a", o, headers, redirect), route("b", o, redirect)]}     | ${["headers", "redirect=302"]}    | ${"v1"} | ${"of each observed route the first rule that matches"}
    ${[route("b", o, headers), route("a", e, { backends: to("v2") })]} | ${["version=v2"]}                 | ${"v2"} | ${"observed behind an enforced one"}
    ${[route("a", o, headers), route("b", e, { backends: to("v2") })]} | ${["headers", "version=v2"]}      | ${"v2"} | ${"observed before an enforced one"}
  `("$why", ({ policies, verdicts, version }) => {
    const outcome = deciderOf(policies).decide(request(), () => 0, 0);
    expect(outcome.decisions.map(({ verdict }) => verdict)).toEqual(verdicts);
    expect(outcome.version).toBe(version);
  });
});

test("rules to be judged by the answer are told, observed ones too, and not where no upstream is asked", () => {
  const timed = { timeoutMs: 100, retry: { on: ["5xx"], attempts: 1 } };
  const watch = (...policies: Parameters<typeof deciderOf>[0]) =>
    deciderOf(policies)
      .decide(request(), () => 0, 0)
      .watch.map(({ mode, timeoutMs }) => [mode, timeoutMs]);
  expect(watch(route("a", o, timed), route("b", e, { timeoutMs: 5 }), route("c", o, timed))).toEqual([
    [o, 100],
    [e, 5],
  ]);
  expect(watch(route("a", e, { ...timed, fault: { abort: { status: 500 } } }))).toEqual([]);
  expect(watch(route("a", e, {}))).toEqual([]);
});

test("a connection without HTTP follows no route, whatever the rule asks for", () => {
  const rules = [
    {},
    { match: [{ path: { prefix: "/" } }] },
    { match: [{ headers: [{ name: "a", present: false }] }] },
  ];
  for (const rule of rules) {
    const { decisions } = deciderOf([route("r", e, { ...rule, backends: to("v2") })]).decide(
      connection(),
      () => 0,
      0,
    );
    expect(decisions).toEqual([]);
  }
});

test.each`
  match                                          | sent                       | met
  ${{ path: { regex: "/v[12]/.*" } }}            | ${{ target: "/v2/x" }}     | ${true}
  ${{ path: { regex: "/v[12]" } }}               | ${{ target: "/v2/x" }}     | ${false}
  ${{ headers: [{ name: "U", regex: "a|b" }] }}  | ${{ headers: { u: "b" } }} | ${true}
  ${{ headers: [{ name: "u", regex: "a*" }] }}   | ${{}}                      | ${false}
  ${{ query: [{ name: "q", regex: "[0-9]+" }] }} | ${{ target: "/?q=12" }}    | ${true}
  ${{ query: [{ name: "q", regex: "[0-9]+" }] }} | ${{ target: "/?q=1a" }}    | ${false}
`("$match meets $sent: $met", ({ match, sent, met }) => {
  const decider = deciderOf([route("r", e, { match: [match] })]);
  expect(decider.decide(request(sent as Sent), () => 0, 0).decisions.length > 0).toBe(met);
});

test.each`
  match                                                     | path    | met
  ${undefined}                                              | ${"/x"} | ${true}
  ${[{ path: { exact: "/a" } }, { path: { exact: "/b" } }]} | ${"/b"} | ${true}
  ${[{ path: { exact: "/a" } }, { path: { exact: "/b" } }]} | ${"/c"} | ${false}
`("alternatives $match are ORed: $path is $met", ({ match, path, met }) => {
  const decider = deciderOf([route("r", e, match === undefined ? {} : { match })]);
  expect(decider.decide(request({ target: path }), () => 0, 0).decisions.length > 0).toBe(met);
});
