import { expect, test } from "vitest";
import { BriefMemory } from "./brief-memory.ts";

function memory(mostBytes = 1_000) {
  let nowMs = 0;
  let reads = 0;
  const kept = new BriefMemory<number>({
    ...{ keepMs: 100, mostBytes, bytesOf: (value) => value * 10, now: () => nowMs },
  });
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

test("of more bytes than it may keep the oldest are forgotten, however many there are", async () => {
  const { ask } = memory(60); // 10 + 20 + 30
  for (const key of ["a", "b", "c"]) await ask(key);
  expect([await ask("a"), await ask("b"), await ask("c")]).toEqual([1, 2, 3]);
  expect(await ask("d")).toBe(4); // 40 more: a, b and c have to go
  expect([await ask("d"), await ask("c")]).toEqual([4, 5]);
});

test("many that are small are all kept: who goes through them in turn gets further each time", async () => {
  const { ask, pass } = memory(10_000_000);
  const keys = Array.from({ length: 200 }, (_, index) => `service ${index}`);
  for (const key of keys) await ask(key);
  pass(99);
  expect(await Promise.all(keys.map(ask))).toEqual(keys.map((_, index) => index + 1));
});

test("what is being read is shared for as long as that takes, and good from then on", async () => {
  let nowMs = 0;
  const kept = new BriefMemory<number>({ keepMs: 100, mostBytes: 10, bytesOf: () => 1, now: () => nowMs });
  const { promise, resolve } = Promise.withResolvers<number>();
  const first = kept.get("slow", () => promise);
  nowMs = 500;
  const second = kept.get("slow", async () => 2);
  resolve(1);
  expect(await Promise.all([first, second])).toEqual([1, 1]);
  nowMs = 599;
  expect(await kept.get("slow", async () => 3)).toBe(1);
});
