import { expect, test } from "vitest";
import { compareTraces } from "./compare-traces.ts";
import { spanTree } from "./span-tree.ts";
import type { WaterfallSpan } from "./waterfall-span.ts";

const ms = 1_000_000;

function span(
  spanId: string,
  parentSpanId: string | undefined,
  service: string,
  durationNs: number,
  status = 0,
) {
  return {
    ...{ spanId, parentSpanId, service, durationNs, status, namespace: "shop", version: "v1" },
    ...{ operation: "GET", kind: 2, startNs: Number.parseInt(spanId, 36) },
  } satisfies WaterfallSpan;
}

const rowsOf = (a: WaterfallSpan[], b: WaterfallSpan[]) =>
  compareTraces(spanTree(a), spanTree(b)).map(({ service, depth, difference }) => [
    depth,
    service,
    difference,
  ]);

test("spans are compared at the same place below the root, whatever their ids", () => {
  const a = [
    span("1", undefined, "web", 50 * ms),
    span("2", "1", "cart", 10 * ms),
    span("3", "1", "ads", ms),
  ];
  const b = [
    span("7", undefined, "web", 90 * ms),
    span("8", "7", "cart", 2 * ms),
    span("9", "8", "stock", ms),
  ];
  expect(rowsOf(a, b)).toEqual([
    [0, "web", "slower"],
    [1, "cart", "faster"],
    [2, "stock", "only-b"],
    [1, "ads", "only-a"],
  ]);
});

test.each`
  before       | after       | difference
  ${10 * ms}   | ${11 * ms}  | ${"same"}
  ${10 * ms}   | ${12 * ms}  | ${"slower"}
  ${10 * ms}   | ${7 * ms}   | ${"faster"}
  ${0.05 * ms} | ${0.1 * ms} | ${"same"}
`("from $before ns to $after ns is $difference", ({ before, after, difference }) => {
  expect(rowsOf([span("1", undefined, "web", before)], [span("1", undefined, "web", after)])).toEqual([
    [0, "web", difference],
  ]);
});

test("several calls of one kind are one place, compared by what one of them takes", () => {
  const root = span("1", undefined, "web", 50 * ms);
  const [, calls] = compareTraces(
    spanTree([root, span("2", "1", "cart", 10 * ms)]),
    spanTree([root, span("2", "1", "cart", 10 * ms), span("3", "1", "cart", 10 * ms, 2)]),
  );
  expect(calls).toMatchObject({
    ...{ difference: "same", a: { spans: 1, failed: 0 }, b: { spans: 2, failed: 1, durationNs: 20 * ms } },
  });
});

test("a chain of 40,000 spans is compared without recursion", () => {
  const chain = Array.from({ length: 40_000 }, (_, i) => ({
    ...span("1", undefined, "web", ms),
    ...{ spanId: String(i), parentSpanId: i === 0 ? undefined : String(i - 1), startNs: i },
    service: `s${i % 2}`,
  }));
  expect(compareTraces(spanTree(chain), spanTree(chain))).toHaveLength(40_000);
});
