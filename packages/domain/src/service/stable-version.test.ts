import { expect, test } from "vitest";
import { stableVersionOf } from "./stable-version.ts";

test.each`
  configured   | versions               | stable       | why
  ${undefined} | ${[]}                  | ${undefined} | ${"nothing to choose from"}
  ${undefined} | ${["v2"]}              | ${"v2"}      | ${"the only one"}
  ${undefined} | ${["v10", "v2", "v2"]} | ${"v2"}      | ${"lowest in natural order"}
  ${"v2"}      | ${["v1", "v2"]}        | ${"v2"}      | ${"configured"}
  ${"v9"}      | ${["v1"]}              | ${"v9"}      | ${"configured, though it has no endpoint"}
`("$configured of $versions is $stable: $why", ({ configured, versions, stable }) => {
  expect(stableVersionOf(configured, versions)).toBe(stable);
});
