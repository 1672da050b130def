import { expect, test } from "vitest";
import { keepRecent, readRecent } from "./recent-items.ts";

function store(text: string | null = null) {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (_: string, value: string) => {
      kept = value;
    },
  };
}
const item = (n: number) => ({ href: `/traces/${n}`, label: `Trace ${n}` });

test("the newest stand first, each once, six at most", () => {
  const own = store();
  for (const n of [1, 2, 3, 2, 4, 5, 6, 7]) keepRecent(own, item(n));
  expect(readRecent(own)).toEqual([7, 6, 5, 4, 2, 3].map(item));
});

test.each([
  ["nothing", null],
  ["no JSON", "{"],
  ["no list", '{"href":"/"}'],
  ["other things", '[1,null,{"href":"/"},{"href":7,"label":"x"}]'],
  [
    "addresses of other hosts",
    '[{"href":"//evil.test","label":"x"},{"href":"javascript:alert(1)","label":"x"}]',
  ],
])("a store that holds %s has no items", (_, text) => {
  expect(readRecent(store(text))).toEqual([]);
});

test("a store that takes nothing does no harm", () => {
  const full = {
    getItem: () => null,
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  };
  expect(() => keepRecent(full, item(1))).not.toThrow();
});
