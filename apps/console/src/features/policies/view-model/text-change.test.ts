import { expect, test } from "vitest";
import { textChange } from "./text-change.ts";

test.each`
  before      | after       | change
  ${"a: 1\n"} | ${"a: 2\n"} | ${{ from: 3, to: 4, insert: "2" }}
  ${"ab"}     | ${"aab"}    | ${{ from: 1, to: 1, insert: "a" }}
  ${"aab"}    | ${"ab"}     | ${{ from: 1, to: 2, insert: "" }}
  ${"aaa"}    | ${"aaaa"}   | ${{ from: 3, to: 3, insert: "a" }}
  ${""}       | ${"new"}    | ${{ from: 0, to: 0, insert: "new" }}
  ${"old"}    | ${""}       | ${{ from: 0, to: 3, insert: "" }}
  ${"same"}   | ${"same"}   | ${{ from: 4, to: 4, insert: "" }}
`("$before to $after", ({ before, after, change }) => {
  expect(textChange(before, after)).toEqual(change);
  expect(before.slice(0, change.from) + change.insert + before.slice(change.to)).toBe(after);
});
