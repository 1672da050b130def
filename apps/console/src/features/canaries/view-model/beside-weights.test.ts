import { expect, test } from "vitest";
import { besideWeights } from "./beside-weights.ts";

const v2 = (percent: number) => ({ version: "v2", percent });

test.each`
  mode         | pinnedTo        | mirror       | told
  ${"enforce"} | ${[]}           | ${undefined} | ${[]}
  ${"enforce"} | ${["v2", "v3"]} | ${undefined} | ${["Chosen requests go to v2 whatever the weights.", "Chosen requests go to v3 whatever the weights."]}
  ${"enforce"} | ${[]}           | ${v2(12.5)}  | ${["Copies of 12.5 % of the other requests go to v2; nobody gets their answers."]}
  ${"observe"} | ${[]}           | ${v2(100)}   | ${["Copies of all of the other requests would go to v2; nobody gets their answers."]}
`("in $mode, pinned to $pinnedTo and copied to $mirror: $told", ({ mode, pinnedTo, mirror, told }) => {
  expect(besideWeights({ pinnedTo, mirror, inForce: { mode, origin: "policy" } })).toEqual(told);
});
