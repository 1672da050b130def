import { expect, test } from "vitest";
import { stableVersionOf } from "./stable-version.ts";

test.each`
  configured   | versions               | stable       | why
  ${undefined} | ${[]}                  | ${undefined} | ${"nothing to choose from"}
  ${undefined} | ${["v2"]}              | ${"v2"}      | ${"the only one"}
  ${undefined} | ${["v10", "v2", "v2"]} | ${"v2"}      | ${"nothing pinned: lowest in natural order"}
  ${"v2"}      | ${["v1", "v2"]}        | ${"v2"}      | ${"pinned, though a lower one has endpoints"}
  ${"v9"}      | ${["v1"]}              | ${"v9"}      | ${"pinned, though it has no endpoint"}
  ${"v9"}      | ${[]}                  | ${"v9"}      | ${"pinned, though nothing has"}
`("$configured of $versions is $stable: $why", ({ configured, versions, stable }) => {
  expect(stableVersionOf(configured, versions)).toBe(stable);
});
