import { expect, test } from "vitest";
import type { RouteMatch } from "../policy/route.ts";
import { compileMatch } from "./compile-match.ts";
import type { RequestFacts } from "./request-facts.ts";
import { RequestReader } from "./request-reader.ts";

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function request({ method = "GET", path = "/", query = "", headers = {} }: Sent): RequestFacts {
  const from = { host: "", port: 0, source: { namespace: "", service: "" }, sourceAddress: "" };
  return { method, path, query, ...from, header: (name) => headers[name] };
}

test.each`
  match                                                | sent                                   | met      | why
  ${{}}                                                | ${{}}                                  | ${true}  | ${"no condition"}
  ${{ method: "POST" }}                                | ${{ method: "POST" }}                  | ${true}  | ${"method"}
  ${{ method: "POST" }}                                | ${{ method: "GET" }}                   | ${false} | ${"other method"}
  ${{ path: { exact: "/a" } }}                         | ${{ path: "/a" }}                      | ${true}  | ${"exact path"}
  ${{ path: { exact: "/a" } }}                         | ${{ path: "/a", query: "x=1" }}        | ${true}  | ${"the query is no part of the path"}
  ${{ path: { exact: "/a" } }}                         | ${{ path: "/a/" }}                     | ${false} | ${"exact is exact"}
  ${{ path: { exact: "/a" } }}                         | ${{ path: "/A" }}                      | ${false} | ${"paths have case"}
  ${{ path: { prefix: "/api" } }}                      | ${{ path: "/api" }}                    | ${true}  | ${"prefix itself"}
  ${{ path: { prefix: "/api" } }}                      | ${{ path: "/api/x" }}                  | ${true}  | ${"below the prefix"}
  ${{ path: { prefix: "/api" } }}                      | ${{ path: "/apis" }}                   | ${false} | ${"prefix ends at a segment"}
  ${{ path: { prefix: "/api/" } }}                     | ${{ path: "/api" }}                    | ${true}  | ${"its trailing slash is ignored"}
  ${{ path: { prefix: "/api/" } }}                     | ${{ path: "/api/x" }}                  | ${true}  | ${"its trailing slash is ignored"}
  ${{ path: { prefix: "/api/" } }}                     | ${{ path: "/apix" }}                   | ${false} | ${"prefix ends at a segment"}
  ${{ path: { prefix: "/" } }}                         | ${{ path: "/anything" }}               | ${true}  | ${"root prefix"}
  ${{ path: { prefix: "/" } }}                         | ${{ path: "*" }}                       | ${false} | ${"asterisk form has no path"}
  ${{ headers: [{ name: "X-Beta", exact: "1" }] }}     | ${{ headers: { "x-beta": "1" } }}      | ${true}  | ${"header names have no case"}
  ${{ headers: [{ name: "x-beta", exact: "1" }] }}     | ${{ headers: { "x-beta": "10" } }}     | ${false} | ${"exact value"}
  ${{ headers: [{ name: "x-beta", exact: "" }] }}      | ${{}}                                  | ${false} | ${"absent is not empty"}
  ${{ headers: [{ name: "x-beta", exact: "" }] }}      | ${{ headers: { "x-beta": "" } }}       | ${true}  | ${"empty is empty"}
  ${{ headers: [{ name: "x-beta", prefix: "te" }] }}   | ${{ headers: { "x-beta": "tester" } }} | ${true}  | ${"prefix of a value"}
  ${{ headers: [{ name: "x-beta", prefix: "te" }] }}   | ${{}}                                  | ${false} | ${"absent has no prefix"}
  ${{ headers: [{ name: "x-beta", present: true }] }}  | ${{ headers: { "x-beta": "" } }}       | ${true}  | ${"present though empty"}
  ${{ headers: [{ name: "x-beta", present: true }] }}  | ${{}}                                  | ${false} | ${"not present"}
  ${{ headers: [{ name: "x-beta", present: false }] }} | ${{}}                                  | ${true}  | ${"absence asked for"}
  ${{ headers: [{ name: "x-beta", present: false }] }} | ${{ headers: { "x-beta": "1" } }}      | ${false} | ${"absence asked for"}
  ${{ query: [{ name: "q", exact: "a b" }] }}          | ${{ query: "q=a%20b" }}                | ${true}  | ${"query is decoded"}
  ${{ query: [{ name: "q", exact: "a b" }] }}          | ${{ query: "q=a+b" }}                  | ${true}  | ${"plus is a space"}
  ${{ query: [{ name: "q", exact: "1" }] }}            | ${{ query: "q=1&q=2" }}                | ${true}  | ${"the first counts"}
  ${{ query: [{ name: "q", exact: "2" }] }}            | ${{ query: "q=1&q=2" }}                | ${false} | ${"the first counts"}
  ${{ query: [{ name: "q", exact: "1" }] }}            | ${{ query: "Q=1" }}                    | ${false} | ${"query names have case"}
  ${{ query: [{ name: "q", present: true }] }}         | ${{ query: "q" }}                      | ${true}  | ${"present without a value"}
  ${{ query: [{ name: "q", present: false }] }}        | ${{ query: "" }}                       | ${true}  | ${"no query at all"}
  ${{ query: [{ name: "q", exact: "%" }] }}            | ${{ query: "q=%" }}                    | ${true}  | ${"a broken escape is taken as it is"}
  ${{ method: "GET", path: { prefix: "/a" } }}         | ${{ path: "/b" }}                      | ${false} | ${"conditions are ANDed"}
  ${{ headers: [{ name: "a", exact: "1" }, { name: "b", exact: "2" }] }} | ${{ headers: { a: "1", b: "3" } }} | ${false} | ${"headers are ANDed"}
`("$match meets $sent: $met ($why)", ({ match, sent, met }) => {
  expect(compileMatch(match as RouteMatch, new RequestReader())(request(sent))).toBe(met);
});
