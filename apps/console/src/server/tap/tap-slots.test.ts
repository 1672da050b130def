import { expect, test } from "vitest";
import { createTapSlots } from "./tap-slots.ts";

test("no more streams than there are places; one that was given back twice is free once", () => {
  const slots = createTapSlots(2);
  const [first, second] = [slots.take(), slots.take()];
  expect([first, second].every((release) => release !== undefined)).toBe(true);
  expect(slots.take()).toBeUndefined();
  first?.();
  first?.();
  expect(slots.take()).toBeDefined();
  expect(slots.take()).toBeUndefined();
});
