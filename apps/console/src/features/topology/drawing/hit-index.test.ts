import { curveEdge, type Placement } from "@weir/graph";
import { expect, test } from "vitest";
import { HitIndex } from "./hit-index.ts";

const [a, b] = [
  { x: 0, y: 0, width: 100, height: 40 },
  { x: 400, y: 200, width: 100, height: 40 },
];
const placement: Placement = {
  ...{ key: "k", direction: "right", groups: new Map() },
  nodes: new Map([
    ["a", a],
    ["b", b],
  ]),
  edges: new Map([
    ["a~b", { source: "a", target: "b", ...curveEdge(a, b, "right") }],
    ["b~a", { source: "b", target: "a", ...curveEdge(b, a, "right") }],
  ]),
};
const index = new HitIndex(placement);

test.each`
  what                       | x       | y      | id
  ${"a node"}                | ${50}   | ${20}  | ${"a"}
  ${"its corner"}            | ${500}  | ${240} | ${"b"}
  ${"the middle of an edge"} | ${250}  | ${123} | ${"a~b"}
  ${"a node over an edge"}   | ${99}   | ${20}  | ${"a"}
  ${"near an edge's start"}  | ${110}  | ${24}  | ${"a~b"}
  ${"inside an edge's box"}  | ${380}  | ${60}  | ${undefined}
  ${"far away"}              | ${-900} | ${0}   | ${undefined}
`("what is at a place: $what", ({ x, y, id }) => {
  expect(index.at({ x, y }, 8)?.id).toBe(id);
});

test("services in sight are found, and a map of nothing has none", () => {
  expect(index.nodesIn({ x: 300, y: 100, width: 300, height: 300 })).toEqual(["b"]);
  expect(index.nodesIn({ x: -10, y: -10, width: 900, height: 900 }).sort()).toEqual(["a", "b"]);
  const empty = new HitIndex({ ...placement, nodes: new Map(), edges: new Map() });
  expect(empty.at({ x: 50, y: 20 }, 8)).toBeUndefined();
});
