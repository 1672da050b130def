import { expect, test } from "vitest";
import { curveBounds } from "./curve-bounds.ts";
import { edgePath, lengthOf, pointAlong } from "./edge-path.ts";
import { edgeWidth } from "./edge-width.ts";
import { routeEdge } from "./route-edge.ts";
import { stretchEdge } from "./stretch-edge.ts";

const corner = [
  { x: 0, y: 0 },
  { x: 100, y: 0 },
  { x: 100, y: 50 },
];

test.each`
  points                              | radius | path
  ${[]}                               | ${10}  | ${""}
  ${[{ x: 1, y: 1 }]}                 | ${10}  | ${""}
  ${[{ x: 0, y: 0 }, { x: 9, y: 0 }]} | ${10}  | ${"M0 0L9 0"}
  ${corner}                           | ${10}  | ${"M0 0L90 0Q100 0 100 10L100 50"}
  ${corner}                           | ${80}  | ${"M0 0L75 0Q100 0 100 25L100 50"}
`("a path through $points.length points with radius $radius", ({ points, radius, path }) => {
  expect(edgePath(points, radius)).toBe(path);
});

test.each`
  share  | x      | y
  ${0}   | ${0}   | ${0}
  ${0.5} | ${75}  | ${0}
  ${1}   | ${100} | ${50}
  ${0.8} | ${100} | ${20}
`("the point at $share of a line", ({ share, x, y }) => {
  expect(lengthOf(corner)).toBe(150);
  const point = pointAlong(corner, share);
  expect([point.x, point.y]).toEqual([expect.closeTo(x), expect.closeTo(y)]);
});

test.each`
  rps     | width
  ${0}    | ${1.25}
  ${0.1}  | ${1.25}
  ${1}    | ${2.44}
  ${10}   | ${3.63}
  ${1000} | ${6}
  ${1e6}  | ${6}
`("$rps rps is $width px wide", ({ rps, width }) => {
  expect(edgeWidth(rps)).toBeCloseTo(width, 1);
});

const box = (x: number, y: number) => ({ x, y, width: 100, height: 40 });

test.each`
  where                 | target           | direction  | points
  ${"ahead"}            | ${box(300, 100)} | ${"right"} | ${4}
  ${"ahead, level"}     | ${box(300, 0)}   | ${"right"} | ${2}
  ${"behind"}           | ${box(-300, 0)}  | ${"right"} | ${6}
  ${"straight below"}   | ${box(0, 200)}   | ${"right"} | ${6}
  ${"below, flow down"} | ${box(0, 200)}   | ${"down"}  | ${2}
  ${"itself"}           | ${box(0, 0)}     | ${"right"} | ${6}
`("an edge to a node $where starts and ends at the borders", ({ target, direction, points }) => {
  const route = routeEdge(box(0, 0), target, direction);
  expect(route.points.length).toBe(points);
  expect(route.points[0]).toEqual(direction === "right" ? { x: 100, y: 20 } : { x: 50, y: 40 });
  expect(route.points.at(-1)).toEqual(
    direction === "right" ? { x: target.x, y: target.y + 20 } : { x: target.x + 50, y: target.y },
  );
});

const bent = {
  source: "a",
  target: "b",
  points: [
    { x: 100, y: 20 },
    { x: 150, y: 20 },
    { x: 150, y: 80 },
    { x: 300, y: 80 },
  ],
  labelAt: { x: 220, y: 80 },
};
const straight = { ...bent, points: [bent.points[0]!, { x: 300, y: 20 }], labelAt: { x: 200, y: 20 } };

test.each`
  what                            | edge        | source        | target       | points                                            | label
  ${"target down"}                | ${bent}     | ${[0, 0]}     | ${[0, 50]}   | ${[[100, 20], [150, 20], [150, 130], [300, 130]]} | ${[220, 130]}
  ${"source up and left"}         | ${bent}     | ${[-30, -10]} | ${[0, 0]}    | ${[[70, 10], [150, 10], [150, 80], [300, 80]]}    | ${[220, 80]}
  ${"a straight one gets a bend"} | ${straight} | ${[0, 0]}     | ${[0, 40]}   | ${[[100, 20], [200, 20], [200, 60], [300, 60]]}   | ${[200, 40]}
  ${"target behind the bend"}     | ${bent}     | ${[0, 0]}     | ${[-145, 0]} | ${undefined}                                      | ${undefined}
  ${"source past the bend"}       | ${bent}     | ${[60, 0]}    | ${[0, 0]}    | ${undefined}                                      | ${undefined}
`("an edge is pulled along: $what", ({ edge, source, target, points, label }) => {
  const by = { source: { x: source[0], y: source[1] }, target: { x: target[0], y: target[1] } };
  const pulled = stretchEdge(edge, by, "right");
  expect(pulled?.points.map(({ x, y }) => [x, y])).toEqual(points);
  expect(pulled && [pulled.labelAt.x, pulled.labelAt.y]).toEqual(label);
  // Downward it is the same with the axes changed.
  const swap = ({ x, y }: { x: number; y: number }) => ({ x: y, y: x });
  const down = { ...edge, points: edge.points.map(swap), labelAt: swap(edge.labelAt) };
  const pulledDown = stretchEdge(down, { source: swap(by.source), target: swap(by.target) }, "down");
  expect(pulledDown?.points.map(swap)).toEqual(pulled?.points);
});

test.each`
  what                 | curve                                      | box
  ${"straight"}        | ${[[0, 0], [10, 0], [20, 0], [30, 0]]}     | ${[0, 0, 30, 0]}
  ${"bowed below"}     | ${[[0, 0], [0, 40], [30, 40], [30, 0]]}    | ${[0, 0, 30, 30]}
  ${"back and around"} | ${[[100, 0], [200, 0], [-100, 0], [0, 0]]} | ${[-20.71, 0, 141.42, 0]}
`("the box around a curve is as small as can be: $what", ({ curve, box }) => {
  const [start, c1, c2, end] = curve.map(([x, y]: [number, number]) => ({ x, y }));
  const bounds = curveBounds(start, c1, c2, end);
  [bounds.x, bounds.y, bounds.width, bounds.height].forEach((value, i) => {
    expect(value).toBeCloseTo(box[i], 1);
  });
});
