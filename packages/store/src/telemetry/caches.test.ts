import { expect, test } from "vitest";
import { BoundedMap } from "./caches.ts";

test("a bounded map keeps what is asked for, and forgets what is not", () => {
  const map = new BoundedMap<number>(100);
  map.set("asked for", 1);
  map.set("not", 2);
  for (let i = 0; i < 1_000; i++) {
    map.set(`other ${i}`, i);
    expect(map.get("asked for")).toBe(1);
  }
  expect(map.get("not")).toBeUndefined();
  const kept = Array.from({ length: 1_000 }, (_, i) => map.get(`other ${i}`)).filter(
    (value) => value !== undefined,
  );
  expect(kept.length).toBeLessThanOrEqual(100);
  expect(map.get("other 999")).toBe(999);
});
