import { expect, test } from "vitest";
import { Busy, createSlots, inSlot, type Slots } from "./slots.ts";

test("no more places than there are; one that was given back twice is free once", () => {
  const slots = createSlots(2);
  const [first, second] = [slots.take(), slots.take()];
  expect([first, second].every((release) => release !== undefined)).toBe(true);
  expect(slots.take()).toBeUndefined();
  first?.();
  first?.();
  expect(slots.take()).toBeDefined();
  expect(slots.take()).toBeUndefined();
});

async function* numbers(): AsyncGenerator<number, void, undefined> {
  yield 1;
  yield 2;
}

function isFree(slots: Slots): boolean {
  const release = slots.take();
  release?.();
  return release !== undefined;
}

const ends = {
  heard: async (told: AsyncGenerator<number>) => expect(await Array.fromAsync(told)).toEqual([1, 2]),
  left: async (told: AsyncGenerator<number>) => {
    await told.next();
    await told.return(undefined);
  },
  "never begun": async (_told: AsyncGenerator<number>, asker: AbortController) => asker.abort(),
};

test.each(Object.entries(ends))(
  "what is %s gives its place back, and who comes meanwhile is told",
  async (_how, end) => {
    const slots = createSlots(1);
    const asker = new AbortController();
    const told = inSlot(slots, "more numbers are asked for", asker.signal, numbers);
    expect(() => inSlot(slots, "more numbers are asked for", undefined, numbers)).toThrow(
      new Busy("more numbers are asked for"),
    );
    await end(told, asker);
    expect(isFree(slots)).toBe(true);
  },
);

test("an asker who has left already takes no place", () => {
  const slots = createSlots(1);
  inSlot(slots, "more numbers are asked for", AbortSignal.abort(), numbers);
  expect(isFree(slots)).toBe(true);
});
