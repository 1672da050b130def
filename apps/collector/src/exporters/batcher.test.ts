import { expect, test } from "vitest";
import { Batcher } from "./batcher.ts";

interface Item {
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
}

const item = (name: string, rows = 1, bytes = 1): Item => ({ name, rows, bytes });

/** Batches as they were sent; each waits until it is told to be done. */
function sender() {
  const batches: string[][] = [];
  const waiting: (() => void)[] = [];
  return {
    batches,
    send: (items: readonly Item[]): Promise<string[]> => {
      batches.push(items.map(({ name }) => name));
      const { promise, resolve } = Promise.withResolvers<string[]>();
      waiting.push(() => resolve(items.map(({ name }) => `${name} done`)));
      return promise;
    },
    finish: () => waiting.shift()?.(),
  };
}

const settings = { maxRows: 10, maxBytes: 100, lingerMs: 60_000, now: () => performance.now() };

test("a full batch does not linger, and each entry gets its own outcome", async () => {
  const { batches, send, finish } = sender();
  const batcher = new Batcher({ ...settings, send });
  const outcomes = Promise.all([batcher.submit(item("a", 4)), batcher.submit(item("b", 6))]);
  expect(batches).toEqual([["a", "b"]]);
  finish();
  expect(await outcomes).toEqual(["a done", "b done"]);
});

test("an entry alone leaves after its linger", async () => {
  const { batches, send, finish } = sender();
  const batcher = new Batcher({ ...settings, lingerMs: 5, send });
  const outcome = batcher.submit(item("a"));
  expect(batches).toEqual([]);
  await expect.poll(() => batches).toEqual([["a"]]);
  finish();
  expect(await outcome).toBe("a done");
});

test("while one batch is on its way the next fills up", async () => {
  const { batches, send, finish } = sender();
  const batcher = new Batcher({ ...settings, lingerMs: 0, send });
  const first = batcher.submit(item("a"));
  const others = ["b", "c", "d"].map((name) => batcher.submit(item(name)));
  expect(batches).toEqual([["a"]]);
  finish();
  await first;
  await expect.poll(() => batches).toEqual([["a"], ["b", "c", "d"]]);
  finish();
  expect(await Promise.all(others)).toEqual(["b done", "c done", "d done"]);
});

test("with two lanes two are on their way, and no more", async () => {
  const { batches, send, finish } = sender();
  const batcher = new Batcher({ ...settings, lingerMs: 0, lanes: 2, send });
  const all = ["a", "b", "c", "d"].map((name) => batcher.submit(item(name)));
  expect(batches).toEqual([["a"], ["b"]]);
  finish();
  await expect.poll(() => batches).toEqual([["a"], ["b"], ["c", "d"]]);
  finish();
  finish();
  expect(await Promise.all(all)).toEqual(["a done", "b done", "c done", "d done"]);
});

test("a batch keeps its bounds, except for one entry that is larger by itself", async () => {
  const { batches, send, finish } = sender();
  const batcher = new Batcher({ ...settings, lingerMs: 0, send });
  const all = [
    batcher.submit(item("first")),
    batcher.submit(item("huge", 50)),
    batcher.submit(item("heavy", 1, 90)),
    batcher.submit(item("light", 1, 20)),
  ];
  for (const expected of [["first"], ["huge"], ["heavy"], ["light"]]) {
    await expect.poll(() => batches.at(-1)).toEqual(expected);
    finish();
  }
  await Promise.all(all);
});

test("closing sends at once what lingers, and what comes meanwhile", async () => {
  const { batches, send, finish } = sender();
  const batcher = new Batcher({ ...settings, send });
  const early = batcher.submit(item("early"));
  const closed = batcher.close();
  expect(batches).toEqual([["early"]]);
  const late = batcher.submit(item("late"));
  finish();
  await early;
  await expect.poll(() => batches).toEqual([["early"], ["late"]]);
  finish();
  await Promise.all([late, closed]);
});
