import { expect, test } from "vitest";
import { frameAround, frameOfAll, type Sight } from "./frame.ts";
import { nextFrame, type Situation } from "./next-frame.ts";

const bounds = { x: 0, y: 0, width: 10_000, height: 8_000 };
const sight: Sight = { k: 0.5, x: -1_000, y: -500, width: 800, height: 600 };
const all = { ...sight, ...{ k: 0.06, x: 100, y: 60 } };
const picture = { frame: frameAround(sight, bounds, 0.5), revision: 7 };
const backdrop = { frame: frameOfAll(bounds, sight), revision: 7 };
const rest: Situation = { sight, bounds, revision: 7, still: true, layers: { picture, backdrop } };

const cases: [what: string, change: Partial<Situation>, layer: string | undefined][] = [
  ["nothing is missing", {}, undefined],
  ["there is none yet", { layers: { picture: undefined, backdrop: undefined } }, "picture"],
  ["numbers are newer", { revision: 8 }, "picture"],
  ["numbers are newer, while it moves", { revision: 8, still: false }, undefined],
  ["another zoom", { sight: { ...sight, k: 0.6, x: -1_300, y: -700 } }, "picture"],
  [
    "another zoom, while it moves",
    { sight: { ...sight, k: 0.6, x: -1_300, y: -700 }, still: false },
    undefined,
  ],
  ["its margin runs out", { sight: { ...sight, x: sight.x - 300 }, still: false }, "picture"],
  [
    "it would be blown up too far",
    { sight: { ...sight, k: 1.5, x: -4_000, y: -2_500 }, still: false },
    "picture",
  ],
  ["the backdrop is older", { layers: { picture, backdrop: { ...backdrop, revision: 6 } } }, "backdrop"],
  ["there is no backdrop", { layers: { picture, backdrop: undefined } }, "backdrop"],
  ["no backdrop, while it moves", { layers: { picture, backdrop: undefined }, still: false }, undefined],
  [
    "the picture has all of the map",
    {
      sight: all,
      layers: { picture: { frame: frameAround(all, bounds, 0.5), revision: 7 }, backdrop: undefined },
    },
    undefined,
  ],
];

test.each(cases)("what is painted next: %s", (_what, change, layer) => {
  const next = nextFrame({ ...rest, ...change });
  expect(next?.layer).toBe(layer);
});
