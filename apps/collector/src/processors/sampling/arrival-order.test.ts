import fc from "fast-check";
import { expect, test } from "vitest";
import { ArrivalOrder } from "./arrival-order.ts";

test("holds what a Map holds, and knows the first of it", () => {
  const key = fc.constantFrom("a", "b", "c", "d", "__proto__");
  const step = fc.record({ key, value: fc.option(fc.nat()) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const order = new ArrivalOrder<number>();
      const map = new Map<string, number>();
      for (const { key, value } of steps) {
        map.delete(key);
        if (value === null) order.delete(key);
        else {
          order.add(key, value);
          map.set(key, value);
        }
        expect([order.size, order.oldest]).toEqual([map.size, [...map.keys()][0]]);
        expect([order.has(key), order.get(key)]).toEqual([map.has(key), map.get(key)]);
      }
      for (const oldest of [...map.keys()]) {
        expect(order.oldest).toBe(oldest);
        order.delete(oldest);
      }
      expect(order.oldest).toBeUndefined();
    }),
  );
});
