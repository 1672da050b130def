import type { Placement } from "@weir/graph";
import { expect, test } from "vitest";
import { edge, node } from "../view-model/testing/sample-map.ts";
import { nodeChanges, packDimmed, packEdges, packGeometry, placedNodes, slotsOf } from "./pack-scene.ts";
import { healthOrder } from "./scene.ts";

const points = [10, 40, 70, 100].map((x) => ({ x, y: 5 }));
const placement: Placement = {
  ...{ key: "k", direction: "right" },
  nodes: new Map([
    ["a/b", { x: 0, y: 0, width: 10, height: 10 }],
    ["a/a", { x: 100, y: 0, width: 10, height: 10 }],
  ]),
  edges: new Map([
    ["a/b~a/a", { source: "a/b", target: "a/a", points, labelAt: { x: 55, y: 5 }, curved: true }],
    ["a/a~a/b", { source: "a/a", target: "a/b", points: points.slice(0, 2), labelAt: { x: 25, y: 5 } }],
  ]),
  groups: new Map([["a", { x: -20, y: -20, width: 150, height: 60 }]]),
};
const slots = slotsOf(placement);

test("places become numbers, in the placement's order", () => {
  const { boxes, curves, groups } = packGeometry(placement);
  expect([...boxes]).toEqual([0, 0, 10, 10, 100, 0, 10, 10]);
  expect([...curves.subarray(0, 8)]).toEqual([10, 5, 40, 5, 70, 5, 100, 5]);
  expect([...curves.subarray(8)]).toEqual([10, 5, 10, 5, 40, 5, 40, 5]); // straight: it is not curved yet
  expect(groups).toEqual([{ name: "a", x: -20, y: -20, width: 150, height: 60 }]);
});

test("edges go to their places by id; what has none is left out, and what is gone has no width", () => {
  const failing = edge("a/b", "a/a", { requests: 100, errors: 50 });
  const view = { nodes: [], edges: [edge("a/new", "a/a"), failing] };
  const { widths, healths } = packEdges(view, slots);
  expect(widths[0]).toBeGreaterThan(1);
  expect(widths[1]).toBe(0);
  expect(healthOrder[healths[0] ?? 0]).toBe("failing");
});

test("only nodes that changed are told of", () => {
  const [a, b] = [node("a/a"), node("a/b")];
  const before = placedNodes({ nodes: [a, b], edges: [] }, slots);
  expect(before).toEqual([b, a]);
  expect(nodeChanges([], before)).toHaveLength(2);
  const newer = { ...b, rps: 2 };
  expect(nodeChanges(before, placedNodes({ nodes: [a, newer], edges: [] }, slots))).toEqual([[0, newer]]);
  expect(nodeChanges(before, placedNodes({ nodes: [b], edges: [] }, slots))).toEqual([[1, undefined]]);
});

test("what has no part in what is looked at is dimmed", () => {
  const { nodes, edges } = packDimmed(new Set(["a/b", "a/b~a/a"]), slots);
  expect([...(nodes ?? [])]).toEqual([0, 1]);
  expect([...(edges ?? [])]).toEqual([0, 1]);
  expect(packDimmed(undefined, slots)).toEqual({});
});
