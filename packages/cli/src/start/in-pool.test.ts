import { expect, test } from "vitest";
import { inPool } from "./in-pool.ts";

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("answers in order, with no more at work than allowed", async () => {
  let working = 0;
  let most = 0;
  const results = await inPool([5, 1, 3, 2, 4], 2, async (turns, index) => {
    most = Math.max(most, ++working);
    for (let i = 0; i < turns; i++) await turn();
    working--;
    return `${index}:${turns}`;
  });
  expect(results).toEqual(["0:5", "1:1", "2:3", "3:2", "4:4"]);
  expect(most).toBe(2);
});

test("begins nothing after a failure, and waits for what runs", async () => {
  const begun: number[] = [];
  let ended = false;
  const pool = inPool([0, 1, 2, 3], 2, async (item) => {
    begun.push(item);
    if (item === 0) throw new Error("no");
    for (let i = 0; i < 5; i++) await turn();
    ended = true;
  });
  await expect(pool).rejects.toThrow("no");
  expect(begun).toEqual([0, 1]);
  expect(ended).toBe(true);
});
