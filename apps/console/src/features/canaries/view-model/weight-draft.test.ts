import { expect, test } from "vitest";
import { draftOf, followLive, isTouched, moveWeight, replaceWeights } from "./weight-draft.ts";
import { type Weights, weightsText } from "./weights.ts";

const weights = (text: string): Weights =>
  text.split(" ").map((part) => {
    const [version = "", weight] = part.split(":");
    return { version, weight: Number(weight) };
  });
const three = weights("v1:60 v2:30 v3:10");

test("dragged to the end and back, the others stand as they stood", () => {
  const there = moveWeight(draftOf(three, 1), "v3", 100, "v1");
  expect(weightsText(there.weights)).toBe("v1 0 / v2 0 / v3 100");
  const back = moveWeight(there, "v3", 10, "v1");
  expect(back.weights).toEqual(three);
  expect(isTouched(back)).toBe(false);
});

test("another slider starts from where the first one left", () => {
  const first = moveWeight(draftOf(three, 1), "v3", 40, "v1");
  expect(weightsText(moveWeight(first, "v2", 0, "v1").weights)).toBe("v1 50 / v2 0 / v3 50");
});

test("while nothing happens the draft is the very same", () => {
  const draft = moveWeight(draftOf(three, 1), "v2", 5, "v1");
  expect(followLive(draft, three, 1)).toBe(draft);
});

test("an untouched draft follows what is live", () => {
  const live = weights("v1:50 v2:40 v3:10");
  expect(followLive(draftOf(three, 1), live, 2)).toEqual(draftOf(live, 2));
});

test("a saved draft begins anew from its own revision", () => {
  const draft = replaceWeights(draftOf(weights("v1:100 v2:0"), 0), weights("v1:70 v2:30"));
  expect(followLive(draft, weights("v1:70 v2:30"), 1)).toEqual(draftOf(weights("v1:70 v2:30"), 1));
});

test("a touched draft waits for its author and remembers what it was begun from", () => {
  const draft = moveWeight(draftOf(weights("v1:70 v2:30"), 1), "v2", 5, "v1");
  const after = followLive(draft, weights("v1:50 v2:50"), 2);
  expect(after.weights).toEqual(weights("v1:95 v2:5"));
  expect(after.begunFrom.revision).toBe(1);
});

test("a version that comes up joins a touched draft with nothing", () => {
  const draft = moveWeight(draftOf(weights("v1:70 v2:30"), 1), "v2", 5, "v1");
  expect(followLive(draft, weights("v1:70 v2:30 v3:0"), 1).weights).toEqual(weights("v1:95 v2:5 v3:0"));
});
