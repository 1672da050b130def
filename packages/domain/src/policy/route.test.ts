import { expect, test } from "vitest";
import { findingsOf } from "../validation-error.ts";
import { RouteMatch, RouteSpec } from "./route.ts";
import { TextMatch } from "./text-match.ts";

test.each`
  match
  ${{}}
  ${{ path: { exact: "/" } }}
  ${{ path: { prefix: "/api" }, method: "GET" }}
  ${{ headers: [{ name: "X-User-Type", exact: "" }, { name: "cookie", prefix: "beta=" }] }}
  ${{ query: [{ name: "debug", present: true }, { name: "a b", present: false }] }}
`("$match is accepted as it is", ({ match }) => {
  expect(RouteMatch.parse(match)).toEqual(match);
});

const oneNamed = "must have name and exactly one of exact, prefix, regex and present";

test.each`
  match                                                  | path                   | message
  ${{ path: { prefix: "api" } }}                         | ${"path.prefix"}       | ${"must start with '/'"}
  ${{ path: { exact: "" } }}                             | ${"path.exact"}        | ${"must start with '/'"}
  ${{ path: { regex: "(a" } }}                           | ${"path.regex"}        | ${"has a '(' that is never closed, at character 1"}
  ${{ path: { exact: "/", prefix: "/" } }}               | ${"path"}              | ${"must have exactly one of exact, prefix and regex"}
  ${{ method: "get" }}                                   | ${"method"}            | ${/upper-case method/}
  ${{ method: "" }}                                      | ${"method"}            | ${/upper-case method/}
  ${{ headers: [{ name: "x" }] }}                        | ${"headers[0]"}        | ${oneNamed}
  ${{ headers: [{ name: "x", exact: "", prefix: "" }] }} | ${"headers[0]"}        | ${oneNamed}
  ${{ headers: [{ name: "x y", exact: "1" }] }}          | ${"headers[0].name"}   | ${/header field name/}
  ${{ headers: [{ name: "", exact: "1" }] }}             | ${"headers[0].name"}   | ${/header field name/}
  ${{ headers: [{ name: "x", prefix: "" }] }}            | ${"headers[0].prefix"} | ${/>=1/}
  ${{ query: [{ name: "", present: true }] }}            | ${"query[0].name"}     | ${/>=1/}
  ${{ host: "a" }}                                       | ${"host"}              | ${/not known here/}
`("$match is refused at $path", ({ match, path, message }) => {
  const findings = findingsOf(RouteMatch.safeParse(match).error!);
  expect(findings.map((f) => f.path)).toContain(path);
  expect(findings.find((f) => f.path === path)?.message).toMatch(message);
});

test.each`
  value                           | accepted
  ${{ exact: "a" }}               | ${true}
  ${{ prefix: "a" }}              | ${true}
  ${{ present: false }}           | ${true}
  ${{ present: "yes" }}           | ${false}
  ${{}}                           | ${false}
  ${{ exact: "", present: true }} | ${false}
`("TextMatch takes $value: $accepted", ({ value, accepted }) => {
  expect(TextMatch.safeParse(value).success).toBe(accepted);
});

const backends = [{ version: "v1", weight: 100 }];

test.each`
  spec                                                                                                            | path                                      | message
  ${{ rules: [] }}                                                                                                | ${"rules"}                                | ${"needs at least one rule"}
  ${{}}                                                                                                           | ${"rules"}                                | ${/^is missing$/}
  ${{ rules: [{ backends, match: [] }] }}                                                                         | ${"rules[0].match"}                       | ${"leave match out to match every request"}
  ${{ rules: [{ backends, name: "" }] }}                                                                          | ${"rules[0].name"}                        | ${/>=1/}
  ${{ rules: [{ backends: [{ version: "v1", weight: 99 }] }] }}                                                   | ${"rules[0].backends"}                    | ${/sum to 100/}
  ${{ rules: [{ redirect: { host: "a" }, backends }] }}                                                           | ${"rules[0].backends"}                    | ${/no effect beside redirect/}
  ${{ rules: [{ redirect: { host: "a" }, timeoutMs: 1 }] }}                                                       | ${"rules[0].timeoutMs"}                   | ${/no effect beside redirect/}
  ${{ rules: [{ redirect: {} }] }}                                                                                | ${"rules[0].redirect"}                    | ${/would lead to itself/}
  ${{ rules: [{ redirect: { status: 304, host: "a" } }] }}                                                        | ${"rules[0].redirect.status"}             | ${/301/}
  ${{ rules: [{ redirect: { host: "a b" } }] }}                                                                   | ${"rules[0].redirect.host"}               | ${/host name/}
  ${{ rules: [{ redirect: { host: "a:80" } }] }}                                                                  | ${"rules[0].redirect.host"}               | ${/without a port/}
  ${{ rules: [{ redirect: { path: { prefix: "/a" } } }] }}                                                        | ${"rules[0].redirect.path.prefix"}        | ${/needs path.prefix in every alternative/}
  ${{ rules: [{ rewrite: { path: { prefix: "/a" } } }] }}                                                         | ${"rules[0].rewrite.path.prefix"}         | ${/needs path.prefix in every alternative/}
  ${{ rules: [{ match: [{ path: { prefix: "/b" } }, { method: "GET" }], rewrite: { path: { prefix: "/a" } } }] }} | ${"rules[0].rewrite.path.prefix"}         | ${/every alternative/}
  ${{ rules: [{ rewrite: {} }] }}                                                                                 | ${"rules[0].rewrite"}                     | ${/needs host, path, or both/}
  ${{ rules: [{ rewrite: { path: { full: "/a?b" } } }] }}                                                         | ${"rules[0].rewrite.path.full"}           | ${/must start with/}
  ${{ rules: [{ rewrite: { path: { full: "/a\r\nb" } } }] }}                                                      | ${"rules[0].rewrite.path.full"}           | ${/must start with/}
  ${{ rules: [{ rewrite: { path: { full: "/a", prefix: "/b" } } }] }}                                             | ${"rules[0].rewrite.path"}                | ${/exactly one of full and prefix/}
  ${{ rules: [{ requestHeaders: {} }] }}                                                                          | ${"rules[0].requestHeaders"}              | ${/at least one of set, add and remove/}
  ${{ rules: [{ requestHeaders: { remove: ["Host"] } }] }}                                                        | ${"rules[0].requestHeaders.remove[0]"}    | ${/Host is not a policy's to change/}
  ${{ rules: [{ requestHeaders: { set: [{ name: "Content-Length", value: "1" }] } }] }}                           | ${"rules[0].requestHeaders.set[0].name"}  | ${/not a policy's/}
  ${{ rules: [{ responseHeaders: { add: [{ name: "transfer-encoding", value: "x" }] } }] }}                       | ${"rules[0].responseHeaders.add[0].name"} | ${/not a policy's/}
  ${{ rules: [{ requestHeaders: { remove: ["X-Weir-Source-Service"] } }] }}                                       | ${"rules[0].requestHeaders.remove[0]"}    | ${/not a policy's/}
  ${{ rules: [{ requestHeaders: { set: [{ name: "a", value: "b\r\nc: d" }] } }] }}                                | ${"rules[0].requestHeaders.set[0].value"} | ${/header field value/}
  ${{ rules: [{ requestHeaders: { set: [{ name: "a", value: " b" }] } }] }}                                       | ${"rules[0].requestHeaders.set[0].value"} | ${/header field value/}
  ${{ rules: [{ requestHeaders: { set: [{ name: "a", value: "b" }], remove: ["A"] } }] }}                         | ${"rules[0].requestHeaders.remove[0]"}    | ${/edited twice/}
  ${{ rules: [{ mirror: { version: "v 1" } }] }}                                                                  | ${"rules[0].mirror.version"}              | ${/letters, digits/}
  ${{ rules: [{ mirror: { version: "v1", percent: 101 } }] }}                                                     | ${"rules[0].mirror.percent"}              | ${/<=100/}
  ${{ rules: [{ timeoutMs: 0 }] }}                                                                                | ${"rules[0].timeoutMs"}                   | ${/>=1/}
  ${{ rules: [{ retry: { on: ["6xx"], attempts: 1 } }] }}                                                         | ${"rules[0].retry.on[0]"}                 | ${/must be a condition/}
  ${{ rules: [{ fault: {} }] }}                                                                                   | ${"rules[0].fault"}                       | ${/needs delay, abort, or both/}
  ${{ rules: [{ fault: { abort: { status: 500, grpcStatus: 1 } } }] }}                                            | ${"rules[0].fault.abort"}                 | ${/exactly one of status/}
  ${{ rules: [{ match: [{ headers: [{ name: "a", regex: "(?=b)" }] }] }] }}                                       | ${"rules[0].match[0].headers[0].regex"}   | ${/lookahead/}
  ${{ rules: [{ backends, retries: 3 }] }}                                                                        | ${"rules[0].retries"}                     | ${/not known here/}
`("$spec is refused at $path", ({ spec, path, message }) => {
  const findings = findingsOf(RouteSpec.safeParse(spec).error!);
  expect(findings.find((f) => f.path === path)?.message).toMatch(message);
});

test("everything a rule may do comes back as it went in", () => {
  const rule = {
    ...{ name: "all", match: [{ path: { prefix: "/a" } }], backends },
    requestHeaders: { set: [{ name: "X-A", value: "" }], add: [{ name: "b", value: "1 2" }], remove: ["c"] },
    responseHeaders: { remove: ["server"] },
    ...{
      rewrite: { host: "[::1]", path: { prefix: "/b" } },
      mirror: { version: "v2", percent: 0.5 },
      timeoutMs: 10,
    },
    retry: {
      on: ["5xx", 429],
      attempts: 3,
      perTryTimeoutMs: 5,
      backOff: { baseMs: 1 },
      budget: { percent: 5 },
    },
    fault: { delay: { ms: 1, percent: 0.1 }, abort: { grpcStatus: 14 }, whenHeader: "x-chaos" },
  };
  const redirect = {
    redirect: { scheme: "https", port: 8443, path: { full: "/" }, status: 307 },
    fault: rule.fault,
  };
  expect(RouteSpec.parse({ rules: [rule, redirect, {}] })).toEqual({ rules: [rule, redirect, {}] });
});
