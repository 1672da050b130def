import { expect, test } from "vitest";
import { localCells } from "./cells.ts";

test("the same key is the same memory, zeroed at first", () => {
  const cells = localCells();
  const first = cells("a", 2);
  expect([...first]).toEqual([0, 0]);
  Atomics.add(first, 1, 5);
  expect([...cells("a", 2)]).toEqual([0, 5]);
  expect([...cells("b", 2)]).toEqual([0, 0]);
});
