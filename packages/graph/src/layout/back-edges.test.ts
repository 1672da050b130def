import { expect, test } from "vitest";
import { backEdges } from "./back-edges.ts";

test.each`
  calls                           | back       | why
  ${["a>b", "b>c"]}               | ${[]}      | ${"a chain"}
  ${["a>b", "a>c", "b>d", "c>d"]} | ${[]}      | ${"two ways to one place are no circle"}
  ${["web>a", "b>a", "a>b"]}      | ${["b>a"]} | ${"web enters the circle at a"}
  ${["a>b", "b>c", "c>a"]}        | ${["c>a"]} | ${"without an entry the first by order is one"}
  ${["a>a", "a>b"]}               | ${["a>a"]} | ${"a call to itself"}
`("$why: $calls", ({ calls, back }) => {
  const edges = calls.map((id: string) => ({ id, source: id.split(">")[0], target: id.split(">")[1] }));
  const ids = [...new Set<string>(calls.flatMap((id: string) => id.split(">")))].sort();
  expect([...backEdges(ids, edges)]).toEqual(back);
});

test("a chain of 20,000 calls is no deeper than memory", () => {
  const ids = Array.from({ length: 20_000 }, (_, i) => `n${i}`);
  const edges = ids.slice(1).map((target, i) => ({ id: target, source: `n${i}`, target }));
  expect(backEdges(ids, edges).size).toBe(0);
});
