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
  sticky                          | refused
  ${{ cookie: "user" }}           | ${undefined}
  ${{ header: "x-user" }}         | ${undefined}
  ${{ source: true }}             | ${undefined}
  ${{ source: false }}            | ${"sticky"}
  ${{ cookie: "a b" }}            | ${"sticky.cookie"}
  ${{ cookie: "a", header: "b" }} | ${"sticky"}
  ${{}}                           | ${"sticky"}
`("sticky $sticky is refused at $refused", ({ sticky, refused }) => {
  const { error } = CanarySpec.safeParse({ backends: [{ version: "v1", weight: 100 }], sticky });
  expect(error && findingsOf(error)[0]?.path).toBe(refused);
});
