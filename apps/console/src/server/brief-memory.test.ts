import { expect, test } from "vitest";
import { BriefMemory } from "./brief-memory.ts";

function memory(most = 10) {
  let nowMs = 0;
  let reads = 0;
  const kept = new BriefMemory<number>({ keepMs: 100, most, now: () => nowMs });
  return {
    ask: (key = "a") => kept.get(key, async () => ++reads),
    fail: () => kept.get("a", () => Promise.reject(new Error("away"))),
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

test("all who ask within its time get what was read for the first of them", async () => {
  const { ask, pass } = memory();
  expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
  pass(99);
  expect(await ask()).toBe(1);
  pass(1);
  expect(await ask()).toBe(2);
});

test("what failed is read again at once", async () => {
  const { ask, fail } = memory();
  await expect(fail()).rejects.toThrow("away");
  expect(await ask()).toBe(1);
});

test("of more than it may keep the oldest is forgotten", async () => {
  const { ask } = memory(2);
  for (const key of ["a", "b", "c"]) await ask(key);
  expect([await ask("b"), await ask("c"), await ask("a")]).toEqual([2, 3, 4]);
});
