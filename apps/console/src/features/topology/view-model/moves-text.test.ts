import fc from "fast-check";
import { expect, test } from "vitest";
import { movesText, readMovesText } from "./moves-text.ts";

test("what was dragged is the same again from the address, whatever the services are called", () => {
  const offset = fc.integer({ min: -99_999, max: 99_999 });
  const id = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
    .filter((text) => text.isWellFormed() && text !== "__proto__");
  const point = fc.record({ x: offset, y: offset });
  fc.assert(
    fc.property(fc.dictionary(id, point, { minKeys: 1, maxKeys: 40 }), (moves) => {
      expect(readMovesText(movesText(moves) ?? "")).toEqual({ ...moves });
    }),
  );
});

test("it is read by people, too", () => {
  expect(movesText({ "shop/cart": { x: 12.4, y: -40 } })).toBe("shop/cart:12:-40");
});

test("nothing, and more than an address holds, is left out of it", () => {
  expect(movesText({})).toBeNull();
  expect(
    movesText(Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`n${i}`, { x: 1, y: 1 }]))),
  ).toBeNull();
});

test.each(["shop/cart", "shop/cart:1", "shop/cart:1:x", "shop/cart:1:2;", "%E0%A4%A:1:2", ":1:2"])(
  "'%s' is none",
  (text) => {
    expect(readMovesText(text)).toBeNull();
  },
);
