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
  expect([tree.missingParents, tree.loops]).toEqual([0, 2]);
});

test.each`
  parent                                            | child                                             | startMs | why
  ${{ service: "a", startMs: 10, durationMs: 100 }} | ${{ service: "b", startMs: 4, durationMs: 60 }}   | ${30}   | ${"another clock runs behind: centred in its parent"}
  ${{ service: "a", startMs: 10, durationMs: 100 }} | ${{ service: "b", startMs: 4, durationMs: 300 }}  | ${10}   | ${"longer than its parent: starts with it"}
  ${{ service: "a", startMs: 10, durationMs: 100 }} | ${{ service: "b", startMs: 9.2, durationMs: 60 }} | ${10}   | ${"as finely as clocks of one machine agree: starts with it"}
  ${{ service: "a", startMs: 10, durationMs: 100 }} | ${{ service: "a", startMs: 4, durationMs: 60 }}   | ${4}    | ${"the same clock is never corrected"}
  ${{ service: "a", startMs: 10, durationMs: 100 }} | ${{ service: "b", startMs: 109, durationMs: 60 }} | ${109}  | ${"outliving the parent is legal (asynchronous work)"}
`("$why", ({ parent, child, startMs }) => {
  const inNs = ({
    service,
    startMs,
    durationMs,
  }: {
    service: string;
    startMs: number;
    durationMs: number;
  }) => ({
    service,
    startNs: startMs * 1e6,
    durationNs: durationMs * 1e6,
  });
  const tree = spanTree([span("p", undefined, inNs(parent)), span("c", "p", inNs(child))]);
  expect(tree.nodes.get("c")?.startNs).toBe(startMs * 1e6);
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
    span("p", undefined, { startNs: 10e6, durationNs: 100e6 }),
    span("c", "p", { service: "b", startNs: 4e6, durationNs: 60e6 }),
    span("d", "c", { service: "b", startNs: 4.1e6, durationNs: 10e6 }),
  ]);
  expect(tree.nodes.get("d")?.startNs).toBe(30.1e6);
});

test("a chain of 40,000 spans is laid out without recursion", () => {
  const spans = Array.from({ length: 40_000 }, (_, i) => span(`s${i}`, i === 0 ? undefined : `s${i - 1}`));
  const tree = spanTree(spans);
  expect(tree.nodes.get("s39999")?.depth).toBe(39_999);
});

test("no spans make an empty tree", () => {
  expect(spanTree([])).toMatchObject({ roots: [], startNs: 0, endNs: 0, missingParents: 0 });
});
