import { expect, test } from "vitest";
import { allOpen, revealing, stepLevels, withFolded } from "./folding.ts";
import { spanTree } from "./span-tree.ts";
import { webSpan } from "./testing/web-span.ts";
import { waterfallRows } from "./waterfall-rows.ts";

const tree = spanTree([
  webSpan("root", undefined),
  webSpan("a", "root", { startNs: 1 }),
  webSpan("a1", "a", { startNs: 2 }),
  webSpan("a11", "a1", { startNs: 3 }),
  webSpan("b", "root", { startNs: 4 }),
  webSpan("b1", "b", { startNs: 5 }),
]);
const node = (key: string) => tree.nodes.get(key)!;
const shown = (folding: typeof allOpen) => waterfallRows(tree, folding).map(({ key }) => key);
const levels = (count: number) => ({ ...allOpen, levels: count });

test.each`
  count | keys
  ${1}  | ${["root"]}
  ${2}  | ${["root", "a", "b"]}
  ${3}  | ${["root", "a", "a1", "b", "b1"]}
  ${4}  | ${["root", "a", "a1", "a11", "b", "b1"]}
  ${9}  | ${["root", "a", "a1", "a11", "b", "b1"]}
`("$count levels are $keys", ({ count, keys }) => {
  expect(shown(levels(count))).toEqual(keys);
});

test("one span is opened among the folded, and folded again", () => {
  const opened = withFolded(levels(2), [node("b")], false);
  expect(shown(opened)).toEqual(["root", "a", "b", "b1"]);
  expect(withFolded(opened, [node("b")], true)).toEqual(levels(2));
  expect(withFolded(opened, [node("b")], false)).toEqual(opened);
});

test("a span is folded among the open", () => {
  expect(shown(withFolded(allOpen, [node("a")], true))).toEqual(["root", "a", "b", "b1"]);
});

test("a span deep in what is folded is brought in sight by what is above it alone", () => {
  expect(shown(revealing(levels(1), tree, "a11"))).toEqual(["root", "a", "a1", "a11", "b"]);
  const seen = levels(2);
  expect(revealing(seen, tree, "b")).toBe(seen);
  expect(revealing(seen, tree, "nowhere")).toBe(seen);
});

test.each`
  from        | step  | to
  ${Infinity} | ${-1} | ${3}
  ${3}        | ${1}  | ${Infinity}
  ${2}        | ${1}  | ${3}
  ${1}        | ${-1} | ${1}
  ${Infinity} | ${1}  | ${Infinity}
`("from $from of four levels by $step is $to", ({ from, step, to }) => {
  expect(stepLevels(from, step, 4)).toBe(to);
});
