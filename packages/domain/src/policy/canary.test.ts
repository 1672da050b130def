import { expect, test } from "vitest";
import { findingsOf } from "../validation-error.ts";
import { CanarySpec } from "./canary.ts";

test("takes a share for each version", () => {
  const spec = {
    backends: [
      { version: "v1", weight: 70 },
      { version: "v2", weight: 30 },
    ],
  };
  expect(CanarySpec.parse(spec)).toEqual(spec);
});

test("refuses shares that don't sum to 100, naming the list", () => {
  const { error } = CanarySpec.safeParse({ backends: [{ version: "v1", weight: 70 }] });
  expect(findingsOf(error!)).toEqual([
    {
      code: "weights-sum",
      path: "backends",
      severity: "error",
      message: "weights must sum to 100, these sum to 70",
      fix: "Change the weights so that they sum to 100.",
    },
  ]);
});

test.each`
  sticky                                | refused
  ${{ cookie: "user" }}                 | ${undefined}
  ${{ cookie: "user", maxAgeS: 86400 }} | ${undefined}
  ${{ header: "x-user" }}               | ${undefined}
  ${{ source: true }}                   | ${undefined}
  ${{ source: false }}                  | ${"sticky"}
  ${{ cookie: "a b" }}                  | ${"sticky.cookie"}
  ${{ cookie: "a", header: "b" }}       | ${"sticky"}
  ${{ cookie: "user", maxAgeS: 0 }}     | ${"sticky.maxAgeS"}
  ${{ cookie: "user", maxAgeS: 0.5 }}   | ${"sticky"}
  ${{ cookie: "user", maxAgeS: 4e7 }}   | ${"sticky.maxAgeS"}
  ${{ header: "x-user", maxAgeS: 60 }}  | ${"sticky.maxAgeS"}
  ${{ source: true, maxAgeS: 60 }}      | ${"sticky.maxAgeS"}
  ${{}}                                 | ${"sticky"}
`("sticky $sticky is refused at $refused", ({ sticky, refused }) => {
  const { error } = CanarySpec.safeParse({ backends: [{ version: "v1", weight: 100 }], sticky });
  expect(error && findingsOf(error)[0]?.path).toBe(refused);
});

test.each`
  members                                                      | refused
  ${{ pins: [{ match: [{ method: "GET" }], version: "v2" }] }} | ${undefined}
  ${{ pins: [] }}                                              | ${"pins"}
  ${{ pins: [{ match: [], version: "v2" }] }}                  | ${"pins[0].match"}
  ${{ pins: [{ match: [{}] }] }}                               | ${"pins[0].version"}
  ${{ pins: [{ match: [{ path: "/a" }], version: "v2" }] }}    | ${"pins[0].match[0].path"}
  ${{ pins: [{ match: [{}], version: "v2", weight: 1 }] }}     | ${"pins[0].weight"}
  ${{ mirror: { version: "v2" } }}                             | ${undefined}
  ${{ mirror: { version: "v2", percent: 12.5 } }}              | ${undefined}
  ${{ mirror: { version: "v2", percent: 101 } }}               | ${"mirror.percent"}
  ${{ mirror: { percent: 10 } }}                               | ${"mirror.version"}
`("$members is refused at $refused", ({ members, refused }) => {
  const { error } = CanarySpec.safeParse({ backends: [{ version: "v1", weight: 100 }], ...members });
  expect(error && findingsOf(error)[0]?.path).toBe(refused);
});
