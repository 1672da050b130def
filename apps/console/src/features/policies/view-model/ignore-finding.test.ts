import { expect, test } from "vitest";
import { parse } from "yaml";
import { ignoreFinding } from "./ignore-finding.ts";

const text = "kind: authorization # who may\nname: a\nrules: []\n";

test("a policy says that a warning is meant so, and keeps its comments", () => {
  const once = ignoreFinding(text, "denies-all") ?? "";
  expect(once).toContain("# who may");
  expect(parse(once)).toEqual({ ...parse(text), ignoreFindings: ["denies-all"] });
  const twice = ignoreFinding(once, "unknown-source") ?? "";
  expect(parse(twice).ignoreFindings).toEqual(["denies-all", "unknown-source"]);
});

test.each`
  what                     | of                                         | code
  ${"an error"}            | ${text}                                    | ${"unknown-service"}
  ${"a code of the mesh"}  | ${text}                                    | ${"uncovered-workload"}
  ${"what is ignored"}     | ${`${text}ignoreFindings: [denies-all]\n`} | ${"denies-all"}
  ${"several policies"}    | ${`${text}---\n${text}`}                   | ${"denies-all"}
  ${"a list that is none"} | ${`${text}ignoreFindings: denies-all\n`}   | ${"denies-all"}
`("$what is not to be ignored so", ({ of, code }) => {
  expect(ignoreFinding(of, code)).toBeUndefined();
});
