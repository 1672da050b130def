import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findingOf } from "./finding.ts";
import { findingCatalogue, fixOf } from "./finding-catalogue.ts";

test.each(Object.entries(findingCatalogue))("%s says what to do in a sentence", (_, { fix, when }) => {
  expect(fix).toMatch(/^[A-Z].*\.$/);
  expect(when).toMatch(/^[a-zA-Z].*[^.]$/);
});

test("a finding has the severity and the fix of its code", () => {
  expect(findingOf("weights-sum", "backends", "they sum to 90")).toEqual({
    ...{ code: "weights-sum", path: "backends", severity: "error", message: "they sum to 90" },
    fix: findingCatalogue["weights-sum"].fix,
  });
});

test("a code that is not of policies still has a fix", () => {
  expect(fixOf("toString")).toBe(findingCatalogue.custom.fix);
});

test("docs/policies.md has every code, as it is here", () => {
  const page = readFileSync(new URL("../../../../docs/policies.md", import.meta.url), "utf8");
  const rows = [...page.matchAll(/^\| `([\w-]+)` \| (error|warning|info) \| .* \|$/gm)].map(([row]) => row);
  expect(rows).toEqual(
    Object.entries(findingCatalogue).map(
      ([code, { severity, when, fix }]) => `| \`${code}\` | ${severity} | ${when} | ${fix} |`,
    ),
  );
});
