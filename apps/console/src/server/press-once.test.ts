import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { pressedType, unpressed } from "../pressed-json.ts";
import { pressOnce } from "./press-once.ts";

const map = JSON.stringify({ edges: Array.from({ length: 1_000 }, (_, i) => ({ source: i, rps: 0.5 })) });

test("what is pressed is the same again, and is pressed once", async () => {
  const pressed = pressOnce(new TextEncoder().encode(map));
  const [first, second] = await Promise.all([pressed(), pressed()]);
  expect(second).toBe(first);
  expect(first.length).toBeLessThan(map.length / 5);
  expect(gunzipSync(first).toString()).toBe(map);
});

test("a page reads what came pressed, and what did not", async () => {
  const body = await pressOnce(new TextEncoder().encode(map))();
  const pressed = unpressed(new Response(body, { headers: { "content-type": pressedType } }));
  expect(pressed.headers.get("content-type")).toBe("application/json");
  expect(await pressed.json()).toEqual(JSON.parse(map));
  const plain = new Response(map, { status: 404, headers: { "content-type": "application/json" } });
  expect(unpressed(plain)).toBe(plain);
});
