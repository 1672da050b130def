import { expect, test } from "vitest";
import { parse } from "yaml";
import { editText, type FormEdit } from "./form-edit.ts";
import type { Path } from "./policy-schema.ts";

const limit = `# for the sale
kind: rateLimit
maxTokens:   200   # as many at once
tokensPerFill: 100

overrides:
- match: { source: {service: batch} }   # at night
  maxTokens: 10
- match: { path: { exact: "/a b" } } # by day
  maxTokens: 20
`;

test.each`
  what                    | edit                                                         | from                              | to
  ${"a number"}           | ${set(["maxTokens"], 40)}                                    | ${"maxTokens:   200   # as many"} | ${"maxTokens: 40 # as many"}
  ${"a number below"}     | ${set(["overrides", 1, "maxTokens"], 5)}                     | ${"maxTokens: 20"}                | ${"maxTokens: 5"}
  ${"a quoted text"}      | ${set(["overrides", 1, "match", "path", "exact"], "/b: c")}  | ${'"/a b" } } # by'}              | ${'"/b: c" } } # by'}
  ${"no number"}          | ${set(["tokensPerFill"], "many")}                            | ${"tokensPerFill: 100"}           | ${"tokensPerFill: many"}
  ${"a text of digits"}   | ${set(["tokensPerFill"], "100")}                             | ${"tokensPerFill: 100"}           | ${'tokensPerFill: "100"'}
  ${"nothing"}            | ${set(["tokensPerFill"], null)}                              | ${"tokensPerFill: 100"}           | ${"tokensPerFill: null"}
  ${"another name"}       | ${{ does: "rename", path: ["tokensPerFill"], to: "tokens" }} | ${"tokensPerFill: 100"}           | ${"tokens: 100"}
  ${"a member less"}      | ${{ does: "remove", path: ["overrides", 0, "maxTokens"] }}   | ${"  maxTokens: 10\n"}            | ${""}
  ${"a member more"}      | ${set(["mode"], "observe")}                                  | ${/$/}                            | ${"mode: observe\n"}
  ${"an item more"}       | ${set(["overrides", 2], { maxTokens: 1 })}                   | ${/$/}                            | ${"- maxTokens: 1\n"}
  ${"a move off the end"} | ${{ does: "move", path: ["overrides", 1], by: 1 }}           | ${/$/}                            | ${""}
`("$what: its own line changes, and no other", ({ edit, from, to }) => {
  const flow = limit.replace("{service: batch}", "{ service: batch }");
  expect(editText(flow, [edit])).toBe(flow.replace(from, to));
});

test("a line in a style of its own is as it was, unless it is the one that changes", () => {
  expect(editText(limit, [set(["tokensPerFill"], 7)])).toBe(limit.replace("100", "7"));
});

test("items change places with their comments", () => {
  const moved = editText(limit, [{ does: "move", path: ["overrides", 1], by: -1 }]);
  expect(moved).toContain('- match: { path: { exact: "/a b" } } # by day\n  maxTokens: 20\n- match:');
  expect(moved).toContain("# at night\n  maxTokens: 10\n");
  expect(moved.startsWith(limit.slice(0, limit.indexOf("- match")))).toBe(true);
});

test.each`
  text                                     | edits                                                              | wanted
  ${""}                                    | ${[set(["kind"], "route")]}                                        | ${"kind: route\n"}
  ${"# mine"}                              | ${[set(["kind"], "route")]}                                        | ${"# mine\n\nkind: route\n"}
  ${"rules: []"}                           | ${[set(["rules", 0], { name: "a" })]}                              | ${"rules:\n  - name: a\n"}
  ${"a: { b: [] }"}                        | ${[set(["a", "b", 0], 1)]}                                         | ${"a: { b: [ 1 ] }\n"}
  ${"rules:\n    - name: a\n      x: 1\n"} | ${[set(["rules", 0, "y"], { z: 1 })]}                              | ${"rules:\n    - name: a\n      x: 1\n      y:\n          z: 1\n"}
  ${"rules:\n  - a: 1 # x\n"}              | ${[{ does: "remove", path: ["rules", 0] }]}                        | ${"rules: []\n"}
  ${"a: 1\nb: 2\n"}                        | ${[{ does: "remove", path: ["a"] }, set(["c"], 3), set(["b"], 4)]} | ${"b: 4\nc: 3\n"}
`("$text becomes $wanted", ({ text, edits, wanted }) => {
  expect(editText(text, edits)).toBe(wanted);
});

test("a text whose lines no printer would write is printed anew, with the same content", () => {
  const odd = 'kind: route\nname: "a\n  b"\nrules: [ {name: x,\n   timeoutMs: 1} ] # one\n';
  const after = editText(odd, [set(["rules", 0, "timeoutMs"], 2)]);
  expect(parse(after)).toEqual({ kind: "route", name: "a b", rules: [{ name: "x", timeoutMs: 2 }] });
  expect(after).toContain("# one");
});

function set(path: Path, value: unknown): FormEdit {
  return { does: "set", path, value };
}
