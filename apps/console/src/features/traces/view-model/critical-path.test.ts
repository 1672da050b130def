import fc from "fast-check";
import { expect, test } from "vitest";
import { criticalPath, mainRoot } from "./critical-path.ts";
import { spanTree } from "./span-tree.ts";
import { timeSplit } from "./time-split.ts";
import type { WaterfallSpan } from "./waterfall-span.ts";

function span(
  spanId: string,
  parentSpanId: string | undefined,
  startNs: number,
  endNs: number,
  over: Partial<WaterfallSpan> = {},
): WaterfallSpan {
  return {
    spanId,
    parentSpanId,
    namespace: "shop",
    service: "one",
    version: "v1",
    operation: "GET /",
    kind: 2,
    status: 0,
    startNs,
    durationNs: endNs - startNs,
    ...over,
  };
}

const pathOf = (spans: WaterfallSpan[]) =>
  Object.fromEntries(
    [...criticalPath(spanTree(spans))].map(([key, own]) => [key, own.map((s) => [s.fromNs, s.toNs])]),
  );

test("of two that run side by side only the one that finished last was waited for", () => {
  expect(
    pathOf([span("r", undefined, 0, 100), span("short", "r", 10, 40), span("long", "r", 10, 90)]),
  ).toEqual({
    r: [
      [0, 10],
      [90, 100],
    ],
    long: [[10, 90]],
  });
});

test("one after the other both count, and so does the gap between them", () => {
  expect(pathOf([span("r", undefined, 0, 100), span("a", "r", 0, 40), span("b", "r", 50, 100)])).toEqual({
    r: [[40, 50]],
    a: [[0, 40]],
    b: [[50, 100]],
  });
});

test("work that goes on after its parent answered counts up to the answer", () => {
  expect(pathOf([span("r", undefined, 0, 100), span("async", "r", 60, 500)])).toEqual({
    r: [[0, 60]],
    async: [[60, 100]],
  });
});

test("a fragment never stands for the trace where a true root is here", () => {
  const tree = spanTree([span("fragment", "gone", 0, 900), span("root", undefined, 0, 100)]);
  expect(mainRoot(tree)?.key).toBe("root");
});

test("whatever the tree, the path covers the root once: lengths add up to its duration", () => {
  const trees = fc.array(fc.tuple(fc.nat(1000), fc.nat(1000), fc.nat(30)), { maxLength: 30 });
  fc.assert(
    fc.property(trees, (rows) => {
      const spans = rows.map(([from, length, parent], i) =>
        span(`s${i}`, i === 0 ? undefined : `s${parent % i}`, from, from + length),
      );
      const root = spans[0]?.durationNs ?? 0;
      const covered = [...criticalPath(spanTree(spans)).values()].flat();
      expect(covered.reduce((sum, s) => sum + s.toNs - s.fromNs, 0)).toBe(root);
    }),
  );
});

test("a hop is split into sidecar, wire and application", () => {
  const tree = spanTree([
    span("out", undefined, 0, 100, { kind: 3, reporter: "source", upstreamNs: 96 }),
    span("in", "out", 10, 90, { service: "two", reporter: "destination", upstreamNs: 74 }),
  ]);
  // out: 100 - 96 its own, 16 of the rest on the wire; in: 80 - 74 its own, 74 the application's.
  expect(timeSplit(tree, criticalPath(tree))).toEqual({ sidecarNs: 10, networkNs: 16, applicationNs: 74 });
});

test("a call whose other end left no span is not blamed on the network", () => {
  const tree = spanTree([span("out", undefined, 0, 100, { kind: 3, reporter: "source", upstreamNs: 90 })]);
  expect(timeSplit(tree, criticalPath(tree))).toEqual({ sidecarNs: 10, networkNs: 0, applicationNs: 90 });
});
