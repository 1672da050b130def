import { expect, test } from "vitest";
import { splitParts } from "./split-difference.ts";

const canary = [
  { version: "v1", weight: 70 },
  { version: "v2", weight: 30 },
];

test("each version has what it is meant to get and what it got", () => {
  const sent = [
    { version: "v1", share: 0.72 },
    { version: "v2", share: 0.28 },
  ];
  expect(splitParts(canary, sent)).toEqual([
    { version: "v1", wanted: 0.7, got: 0.72 },
    { version: "v2", wanted: 0.3, got: 0.28 },
  ]);
});

test("one that got nothing got nothing, and one that nobody named is there", () => {
  expect(splitParts(canary, [{ version: "v0", share: 1 }])).toEqual([
    { version: "v1", wanted: 0.7, got: 0 },
    { version: "v2", wanted: 0.3, got: 0 },
    { version: "v0", wanted: 0, got: 1 },
  ]);
});

test("without requests nothing is known", () => {
  expect(splitParts(canary, [{ version: "v1", share: undefined }]).map(({ got }) => got)).toEqual([
    undefined,
    undefined,
  ]);
});
