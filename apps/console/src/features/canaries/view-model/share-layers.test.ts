import { expect, test } from "vitest";
import { shareLayers } from "./share-layers.ts";

const slots = [
  { atMs: 10, requests: { v1: 3, v2: 1 } },
  { atMs: 20, requests: {} },
  { atMs: 30, requests: { v2: 2 } },
];

test("layers stand on each other, and a slot without requests is a gap, not a zero", () => {
  expect(shareLayers(slots)).toEqual([
    { version: "v1", points: [{ atMs: 10, from: 0, to: 0.75 }, null, { atMs: 30, from: 0, to: 0 }] },
    { version: "v2", points: [{ atMs: 10, from: 0.75, to: 1 }, null, { atMs: 30, from: 0, to: 1 }] },
  ]);
});
