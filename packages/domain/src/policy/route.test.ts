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
  spec                                                          | path                   | message
  ${{ rules: [] }}                                              | ${"rules"}             | ${"needs at least one rule"}
  ${{}}                                                         | ${"rules"}             | ${/expected array/}
  ${{ rules: [{ backends, match: [] }] }}                       | ${"rules[0].match"}    | ${"leave match out to match every request"}
  ${{ rules: [{ backends, name: "" }] }}                        | ${"rules[0].name"}     | ${/>=1/}
  ${{ rules: [{ backends: [{ version: "v1", weight: 99 }] }] }} | ${"rules[0].backends"} | ${/sum to 100/}
  ${{ rules: [{ backends, retries: 3 }] }}                      | ${"rules[0].retries"}  | ${/not known here/}
`("$spec is refused at $path", ({ spec, path, message }) => {
  const findings = findingsOf(RouteSpec.safeParse(spec).error!);
  expect(findings.find((f) => f.path === path)?.message).toMatch(message);
});
