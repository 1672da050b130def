import { expect, test } from "vitest";
import { isStorable, notStorable } from "./is-storable.ts";
import { StorableJson } from "./storable.ts";

test.each`
  text              | storable | why
  ${""}             | ${true}  | ${"nothing"}
  ${"shop\n\u0001"} | ${true}  | ${"control characters but one"}
  ${"🚌 حافلة"}     | ${true}  | ${"a whole pair"}
  ${"\ufffe"}       | ${true}  | ${"no character, yet UTF-8 has it"}
  ${"shop\0"}       | ${false} | ${"a zero byte"}
  ${"\ud800"}       | ${false} | ${"the first half of a pair"}
  ${"a\udc00b"}     | ${false} | ${"the second half of a pair"}
  ${"\udc00\ud800"} | ${false} | ${"a pair the wrong way round"}
`("$why: storable is $storable", ({ text, storable }) => {
  expect(isStorable(text)).toBe(storable);
  expect(StorableJson.safeParse({ deep: [text] }).success).toBe(storable);
});

const issuesOf = (value: unknown) =>
  (StorableJson.safeParse(value).error?.issues ?? []).map(({ path, message }) => ({ path, message }));

test.each`
  value                                 | paths
  ${"\0"}                               | ${[[]]}
  ${{ a: "\0", b: ["x", { c: "\0" }] }} | ${[["a"], ["b", 1, "c"]]}
  ${{ a: { "k\0": "x" } }}              | ${[["a", "k\0"]]}
  ${[null, undefined, 1, true, "x"]}    | ${[]}
`("of $value these places are named: $paths", ({ value, paths }) => {
  expect(issuesOf(value)).toEqual(paths.map((path: PropertyKey[]) => ({ path, message: notStorable })));
});

test("ten places are enough, and depth is no matter", () => {
  expect(issuesOf(Array.from({ length: 100 }, () => "\0"))).toHaveLength(10);
  let deep: unknown = "\0";
  for (let i = 0; i < 100_000; i++) deep = [deep];
  expect(issuesOf(deep)).toHaveLength(1);
});
