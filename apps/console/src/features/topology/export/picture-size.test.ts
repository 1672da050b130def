import type { Placement } from "@weir/graph";
import { expect, test } from "vitest";
import { boxOfAll, pngScale } from "./picture-size.ts";

test.each`
  width     | height    | scale           | why
  ${1_000}  | ${800}    | ${2}            | ${"there is room for two pixels each"}
  ${10_000} | ${500}    | ${1.6384}       | ${"no canvas is longer"}
  ${500}    | ${65_536} | ${0.25}         | ${"no canvas is higher"}
  ${16_384} | ${8_192}  | ${Math.SQRT1_2} | ${"no canvas has more pixels"}
`("$width by $height: $why", ({ width, height, scale }) => {
  expect(pngScale({ width, height })).toBeCloseTo(scale, 10);
});

test("the box of all has room around what is placed", () => {
  const placement: Placement = {
    ...{ key: "k", direction: "right", edges: new Map(), groups: new Map() },
    nodes: new Map([["a/a", { x: 10, y: -20, width: 100, height: 40 }]]),
  };
  expect(boxOfAll(placement)).toEqual({ x: -14, y: -44, width: 148, height: 88 });
});
