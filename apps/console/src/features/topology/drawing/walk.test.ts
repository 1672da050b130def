import { expect, test } from "vitest";
import { nearestTo, nextThatWay } from "./walk.ts";

const at = (x: number, y: number) => ({ x, y, width: 0, height: 0 });
const boxes = new Map([
  ["here", at(0, 0)],
  ["right", at(100, 10)],
  ["far right", at(300, 0)],
  ["below", at(5, 80)],
  ["up and left", at(-60, -60)],
]);

test.each`
  way                | to
  ${{ x: 1, y: 0 }}  | ${"right"}
  ${{ x: 0, y: 1 }}  | ${"below"}
  ${{ x: -1, y: 0 }} | ${"up and left"}
  ${{ x: 0, y: -1 }} | ${"up and left"}
`("the next service that way: $way", ({ way, to }) => {
  expect(nextThatWay(boxes, { x: 0, y: 0 }, way)).toBe(to);
});

test("at the map's end there is none, and from nowhere the nearest one is first", () => {
  expect(nextThatWay(boxes, { x: 300, y: 0 }, { x: 1, y: 0 })).toBeUndefined();
  expect(nearestTo(boxes, { x: 250, y: 0 })).toBe("far right");
  expect(nearestTo(new Map(), { x: 0, y: 0 })).toBeUndefined();
});
