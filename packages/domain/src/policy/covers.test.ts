import { expect, test } from "vitest";
import { covers } from "./covers.ts";

const path = (prefix: string) => ({ path: { prefix } });
const header = (name: string, condition: object) => ({ headers: [{ name, ...condition }] });
const query = (name: string, condition: object) => ({ query: [{ name, ...condition }] });

test.each`
  wide                                 | narrow                                              | covered
  ${{}}                                | ${{}}                                               | ${true}
  ${{}}                                | ${{ method: "GET", ...path("/a") }}                 | ${true}
  ${{ method: "GET" }}                 | ${{}}                                               | ${false}
  ${{ method: "GET" }}                 | ${{ method: "GET", ...path("/a") }}                 | ${true}
  ${{ method: "GET" }}                 | ${{ method: "POST" }}                               | ${false}
  ${path("/")}                         | ${{}}                                               | ${true}
  ${path("/a")}                        | ${{}}                                               | ${false}
  ${path("/a")}                        | ${path("/a/b")}                                     | ${true}
  ${path("/a/")}                       | ${path("/a")}                                       | ${true}
  ${path("/a")}                        | ${path("/ab")}                                      | ${false}
  ${path("/a/b")}                      | ${path("/a")}                                       | ${false}
  ${path("/a")}                        | ${{ path: { exact: "/a" } }}                        | ${true}
  ${path("/a")}                        | ${{ path: { exact: "/a/b" } }}                      | ${true}
  ${path("/a")}                        | ${{ path: { exact: "/ab" } }}                       | ${false}
  ${path("/a")}                        | ${{ path: { regex: "/a/b" } }}                      | ${false}
  ${{ path: { exact: "/a" } }}         | ${{ path: { exact: "/a" } }}                        | ${true}
  ${{ path: { exact: "/a" } }}         | ${path("/a")}                                       | ${false}
  ${{ path: { regex: "/v[0-9]" } }}    | ${{ path: { regex: "/v[0-9]" } }}                   | ${true}
  ${{ path: { regex: "/v[0-9]" } }}    | ${{ path: { exact: "/v1" } }}                       | ${false}
  ${{ path: { regex: "/.*" } }}        | ${{ path: { exact: "/v1" } }}                       | ${true}
  ${header("X-A", { exact: "1" })}     | ${header("x-a", { exact: "1" })}                    | ${true}
  ${header("x-a", { exact: "1" })}     | ${header("x-a", { exact: "2" })}                    | ${false}
  ${header("x-a", { exact: "1" })}     | ${header("x-b", { exact: "1" })}                    | ${false}
  ${header("x-a", { exact: "1" })}     | ${{}}                                               | ${false}
  ${header("x-a", { prefix: "be" })}   | ${header("x-a", { exact: "beta" })}                 | ${true}
  ${header("x-a", { prefix: "be" })}   | ${header("x-a", { prefix: "bet" })}                 | ${true}
  ${header("x-a", { prefix: "be" })}   | ${header("x-a", { prefix: "b" })}                   | ${false}
  ${header("x-a", { present: true })}  | ${header("x-a", { regex: "b+" })}                   | ${true}
  ${header("x-a", { present: false })} | ${header("x-a", { exact: "1" })}                    | ${false}
  ${header("x-a", { present: true })}  | ${header("x-a", { present: false })}                | ${false}
  ${header("x-a", { regex: ".*" })}    | ${header("x-a", { exact: "1" })}                    | ${true}
  ${header("x-a", { regex: ".*" })}    | ${header("x-a", { present: false })}                | ${false}
  ${query("a", { exact: "1" })}        | ${query("A", { exact: "1" })}                       | ${false}
  ${query("a", { exact: "1" })}        | ${{ method: "GET", ...query("a", { exact: "1" }) }} | ${true}
`("$wide covers $narrow: $covered", ({ wide, narrow, covered }) => {
  expect(covers(wide, narrow)).toBe(covered);
});
