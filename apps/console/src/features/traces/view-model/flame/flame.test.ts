import { expect, test } from "vitest";
import { spanTree } from "../span-tree.ts";
import { webSpan as span } from "../testing/web-span.ts";
import { flameGraph } from "./flame-graph.ts";
import { flameKey } from "./flame-keys.ts";
import { flameLevels, frameByKey } from "./flame-levels.ts";

/** Two calls of the cart side by side, one of which asks the store; one of them failed. */
const cart = { service: "cart", operation: "read" };
const whole = flameGraph(
  spanTree([
    span("root", undefined),
    span("a", "root", { ...cart, startNs: 10, durationNs: 40 }),
    span("b", "root", { ...cart, startNs: 30, durationNs: 40, status: 2 }),
    span("c", "b", { service: "store", startNs: 35, durationNs: 30 }),
  ]),
);
const web = whole.children[0]!;
const calls = web.children[0]!;

test("spans of one path are one frame, with own time and all that stands below", () => {
  expect([web.spans, web.selfNs, web.timeNs, web.count]).toEqual([1, 40, 120, 4]);
  expect([calls.key, calls.spans, calls.failed, calls.selfNs, calls.timeNs, calls.count]).toEqual([
    ...["a", 2, 1, 50, 80, 3],
  ]);
  expect([whole.selfNs, whole.timeNs, whole.count]).toEqual([0, 120, 4]);
});

test.each`
  by         | cart    | store
  ${"time"}  | ${0.67} | ${0.25}
  ${"count"} | ${0.75} | ${0.25}
`("frames stand within the one above, as wide as their $by", ({ by, cart: wide, store }) => {
  const levels = flameLevels(whole, by);
  expect(levels.map((level) => level.map(({ frame }) => frame.service))).toEqual([
    ...[[""], ["web"], ["cart"], ["store"]],
  ]);
  expect(levels[2]?.[0]?.width).toBeCloseTo(wide, 2);
  expect(levels[3]?.[0]?.width).toBeCloseTo(store, 2);
});

test("the frame looked at takes the whole width, as do those above it", () => {
  const levels = flameLevels(calls, "time");
  expect(levels.map((level) => level[0]?.width)).toEqual([1, 1, 1, 0.375]);
});

test("frames too narrow to be seen are left out", () => {
  const many = Array.from({ length: 1_000 }, (_, i) =>
    span(`${i}`, "root", { operation: `${i}`, startNs: i, durationNs: 1 }),
  );
  const busy = flameGraph(spanTree([span("root", undefined, { durationNs: 1e6 }), ...many]));
  expect(flameLevels(busy, "time").map((level) => level.length)).toEqual([1, 1]);
});

test("a chain of 40,000 spans, a missing parent and a loop all find their place", () => {
  const chain = Array.from({ length: 40_000 }, (_, i) => span(`${i}`, i === 0 ? undefined : `${i - 1}`));
  const deep = flameGraph(
    spanTree([
      ...chain,
      span("orphan", "nobody"),
      span("x", "y", { operation: "x" }),
      span("y", "x", { operation: "y" }),
    ]),
  );
  expect(deep.count).toBe(40_003);
  expect(flameLevels(frameByKey(deep, "39999"), "count")).toHaveLength(40_001);
});

test.each`
  key             | selected | focus    | action
  ${"ArrowDown"}  | ${whole} | ${whole} | ${{ type: "select", frame: web }}
  ${"ArrowUp"}    | ${calls} | ${whole} | ${{ type: "select", frame: web }}
  ${"ArrowUp"}    | ${whole} | ${whole} | ${undefined}
  ${"ArrowRight"} | ${calls} | ${whole} | ${undefined}
  ${"Home"}       | ${calls} | ${whole} | ${{ type: "select", frame: whole }}
  ${"Enter"}      | ${calls} | ${whole} | ${{ type: "zoom", frame: calls }}
  ${"Escape"}     | ${calls} | ${calls} | ${{ type: "zoom", frame: web }}
  ${"Escape"}     | ${whole} | ${whole} | ${undefined}
  ${"x"}          | ${whole} | ${whole} | ${undefined}
`("key $key", ({ key, selected, focus, action }) => {
  const done = flameKey(key, flameLevels(focus, "time"), selected, focus);
  expect(done?.type).toBe(action?.type);
  expect(done?.frame).toBe(action?.frame);
});
