import { expect, test } from "vitest";
import { createCoPurchases } from "./co-purchases.ts";

test("companions come before bestsellers, and a bestseller does not go with everything", () => {
  const counts = createCoPurchases();
  for (let times = 0; times < 20; times += 1) counts.add(["MUG"]);
  counts.add(["KETTLE", "MUG"]);
  counts.add(["KETTLE", "SCALE"]);
  expect(counts.best(["KETTLE"], 3)).toEqual(["SCALE", "MUG"]);
  expect(counts.best([], 1)).toEqual(["MUG"]);
  expect(counts.best(["UNKNOWN"], 1)).toEqual(["MUG"]);
});

test("a basket taken out again leaves no trace", () => {
  const counts = createCoPurchases();
  counts.add(["A", "B", "B"]);
  counts.add(["A", "C"]);
  counts.remove(["A", "B", "B"]);
  expect(counts.best(["A"], 9)).toEqual(["C"]);
});
