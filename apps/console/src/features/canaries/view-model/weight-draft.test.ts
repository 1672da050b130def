import { expect, test } from "vitest";
import { draftOf, followLive, moveWeight } from "./weight-draft.ts";
import { weightsText } from "./weights.ts";

const three = [
  { version: "v1", weight: 60 },
  { version: "v2", weight: 30 },
  { version: "v3", weight: 10 },
];

test("dragged to the end and back, the others stand as they stood", () => {
  const there = moveWeight(draftOf(three), "v3", 100, "v1");
  expect(weightsText(there.weights)).toBe("v1 0 / v2 0 / v3 100");
  expect(moveWeight(there, "v3", 10, "v1").weights).toEqual(three);
});

test("another slider starts from where the first one left", () => {
  const first = moveWeight(draftOf(three), "v3", 40, "v1");
  expect(weightsText(moveWeight(first, "v2", 0, "v1").weights)).toBe("v1 50 / v2 0 / v3 50");
});

test("an untouched draft follows what is live, a touched one waits for its author", () => {
  const live = [
    { version: "v1", weight: 50 },
    { version: "v2", weight: 50 },
  ];
  expect(followLive(draftOf(three), three, live)).toEqual(draftOf(live));
  const touched = moveWeight(draftOf(three), "v2", 5, "v1");
  expect(followLive(touched, three, live)).toBe(touched);
});
