import { expect, test } from "vitest";
import { boxInView, frameAround, frameOfAll, isCovered, placeInView, type Sight } from "./frame.ts";

const bounds = { x: 0, y: 0, width: 10_000, height: 8_000 };
const sight: Sight = { k: 0.5, x: -1_000.4, y: -500, width: 800, height: 600 };

test("a frame shows the view with its margin, on whole pixels of the view", () => {
  const { box, scale } = frameAround(sight, bounds, 0.5);
  expect(scale).toBe(0.5);
  const pixels = { left: box.x * 0.5 + sight.x, width: box.width * 0.5, height: box.height * 0.5 };
  expect(pixels.left).toBeCloseTo(-400);
  expect(pixels.width).toBeCloseTo(1_600);
  expect(pixels.height).toBeCloseTo(1_200);
});

test("nothing is drawn beside the map", () => {
  const { box } = frameAround({ ...sight, k: 0.05, x: 100, y: 100 }, bounds, 0.5);
  expect(box.x).toBeGreaterThan(-100);
  expect(box.x + box.width).toBeLessThan(10_100);
});

test.each`
  what                     | moved                     | lead   | covered
  ${"at rest"}             | ${{}}                     | ${0}   | ${true}
  ${"within the margin"}   | ${{ x: sight.x - 390 }}   | ${0}   | ${true}
  ${"beyond the margin"}   | ${{ x: sight.x - 410 }}   | ${0}   | ${false}
  ${"too near to its end"} | ${{ x: sight.x - 300 }}   | ${160} | ${false}
  ${"zoomed in"}           | ${{ k: 1, x: -2_400 }}    | ${0}   | ${true}
  ${"zoomed far out"}      | ${{ k: 0.1, x: 0, y: 0 }} | ${0}   | ${false}
`("a picture covers a view, or does not: $what", ({ moved, lead, covered }) => {
  expect(isCovered({ ...sight, ...moved }, bounds, frameAround(sight, bounds, 0.5), lead)).toBe(covered);
});

test("where the map ends, a view needs no picture", () => {
  const corner: Sight = { ...sight, x: 100, y: 100 };
  const frame = frameAround(corner, bounds, 0);
  expect(isCovered({ ...corner, x: 400, y: 300 }, bounds, frame)).toBe(true);
});

test("a picture stays where the map is when the view moves and zooms", () => {
  const frame = frameAround(sight, bounds, 0.5);
  const moved: Sight = { ...sight, k: 1, x: 30, y: 40 };
  const [, x, y, scale] = /translate\((.+)px,(.+)px\) scale\((.+)\)/.exec(placeInView(moved, frame)) ?? [];
  expect(Number(x)).toBeCloseTo(frame.box.x + 30);
  expect(Number(y)).toBeCloseTo(frame.box.y + 40);
  expect(Number(scale)).toBe(2);
});

test("all of the map fits one view, and a view knows its part", () => {
  const { box, scale } = frameOfAll(bounds, sight);
  expect(box.width * scale).toBeLessThanOrEqual(800);
  expect(box.height * scale).toBeLessThanOrEqual(600);
  expect(boxInView({ ...sight, x: -1_000 })).toEqual({ x: 2_000, y: 1_000, width: 1_600, height: 1_200 });
});
