import { expect, test } from "vitest";
import { keepMoves, readKeptMoves } from "./kept-moves.ts";

const holding = (text: string | null) => ({ getItem: () => text });

test("what is kept is read back", () => {
  let text: string | null = null;
  const store = {
    getItem: () => text,
    setItem: (_: string, value: string) => {
      text = value;
    },
  };
  keepMoves(store, { "shop/cart": { x: 12, y: -40 } });
  expect(readKeptMoves(store)).toEqual({ "shop/cart": { x: 12, y: -40 } });
  keepMoves(store, {});
  expect(readKeptMoves(store)).toEqual({});
});

test("a browser that keeps nothing does not put nodes back: what was dragged stays where it is", () => {
  expect(readKeptMoves(holding(null))).toBeUndefined();
  expect(readKeptMoves(holding("{"))).toBeUndefined();
});

test("what is no move is left out", () => {
  expect(readKeptMoves(holding('{"a":{"x":1,"y":2},"b":{"x":"1","y":2},"c":null,"d":{"x":1}}'))).toEqual({
    a: { x: 1, y: 2 },
  });
});
