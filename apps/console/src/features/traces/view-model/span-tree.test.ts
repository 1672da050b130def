import { expect, test } from "vitest";
import { reachable, spanTree } from "./span-tree.ts";
import type { WaterfallSpan } from "./waterfall-span.ts";

function span(spanId: string, parentSpanId: string | undefined, over: Partial<WaterfallSpan> = {}) {
  return {
    spanId,
    parentSpanId,
    namespace: "shop",
    service: spanId,
    version: "v1",
    operation: "GET /",
    kind: 2,
    status: 0,
    startNs: 0,
    durationNs: 100,
    ...over,
  } satisfies WaterfallSpan;
}

const shape = (spans: WaterfallSpan[]) =>
  [...reachable(spanTree(spans).roots)].map((node) => `${".".repeat(node.depth)}${node.key}`);

test("children stand below their parent in order of start, whatever order they came in", () => {
  expect(
    shape([
      span("late", "root", { startNs: 50 }),
      span("below", "early", { startNs: 20 }),
      span("early", "root", { startNs: 10 }),
      span("root", undefined),
    ]),
  ).toEqual(["root", ".early", "..below", ".late"]);
});

test("a span whose parent is not here becomes a root and is counted as missing its parent", () => {
  const tree = spanTree([
    span("root", undefined),
    span("orphan", "gone", { startNs: 5 }),
    span("leaf", "orphan"),
  ]);
  expect(tree.roots.map((root) => [root.key, root.missingParent])).toEqual([
    ["root", false],
    ["orphan", true],
  ]);
  expect(tree.missingParents).toBe(1);
});

test("an id shared by client and server (Zipkin) puts the server below the client", () => {
  expect(
    shape([
      span("shared", "root", { kind: 2 }),
      span("shared", "root", { kind: 3 }),
      span("root", undefined),
    ]),
  ).toEqual(["root", ".shared", "..shared.2"]);
});

test("a loop of parents is cut once, at its earliest span, and nothing is lost", () => {
  const tree = spanTree([
    span("a", "c", { startNs: 30 }),
    span("b", "a", { startNs: 10 }),
    span("c", "b", { startNs: 20 }),
    span("self", "self"),
  ]);
  expect([...reachable(tree.roots)].map((node) => node.key)).toEqual(["self", "b", "c", "a"]);
  expect(tree.missingParents).toBe(2);
});

test.each`
  parent                                              | child                                              | startNs | why
  ${{ service: "a", startNs: 1000, durationNs: 100 }} | ${{ service: "b", startNs: 400, durationNs: 60 }}  | ${1020} | ${"another clock runs behind: centred in its parent"}
  ${{ service: "a", startNs: 1000, durationNs: 100 }} | ${{ service: "b", startNs: 400, durationNs: 300 }} | ${1000} | ${"longer than its parent: starts with it"}
  ${{ service: "a", startNs: 1000, durationNs: 100 }} | ${{ service: "a", startNs: 990, durationNs: 60 }}  | ${990}  | ${"the same clock is never corrected"}
  ${{ service: "a", startNs: 1000, durationNs: 100 }} | ${{ service: "b", startNs: 1090, durationNs: 60 }} | ${1090} | ${"outliving the parent is legal (asynchronous work)"}
`("$why", ({ parent, child, startNs }) => {
  const tree = spanTree([span("p", undefined, parent), span("c", "p", child)]);
  expect(tree.nodes.get("c")?.startNs).toBe(startNs);
});

test("a shift is worth telling from a millisecond on", () => {
  const spans = (lagNs: number) => [
    span("p", undefined, { startNs: 10_000_000, durationNs: 100 }),
    span("c", "p", { service: "b", startNs: 10_000_000 - lagNs, durationNs: 100 }),
  ];
  expect([spanTree(spans(999_999)).skewed, spanTree(spans(1_000_000)).skewed]).toEqual([0, 1]);
});

test("what happened on a corrected clock moves with it", () => {
  const tree = spanTree([
    span("p", undefined, { startNs: 1000, durationNs: 100 }),
    span("c", "p", { service: "b", startNs: 400, durationNs: 60 }),
    span("d", "c", { service: "b", startNs: 410, durationNs: 10 }),
  ]);
  expect(tree.nodes.get("d")?.startNs).toBe(1030);
});

test("a chain of 40,000 spans is laid out without recursion", () => {
  const spans = Array.from({ length: 40_000 }, (_, i) => span(`s${i}`, i === 0 ? undefined : `s${i - 1}`));
  const tree = spanTree(spans);
  expect(tree.nodes.get("s39999")?.depth).toBe(39_999);
});

test("no spans make an empty tree", () => {
  expect(spanTree([])).toMatchObject({ roots: [], startNs: 0, endNs: 0, missingParents: 0 });
});
