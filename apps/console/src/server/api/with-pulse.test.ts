import { expect, test } from "vitest";
import { withPulse } from "./with-pulse.ts";

test("what comes is passed on, and a pulse comes where nothing does", async () => {
  const { promise: later, resolve } = Promise.withResolvers<void>();
  let isClosed = false;
  async function* source() {
    try {
      yield "first";
      await later;
      yield "second";
    } finally {
      isClosed = true;
    }
  }
  const told: string[] = [];
  for await (const item of withPulse(source(), 5)) {
    told.push(item);
    if (told.length === 3) resolve();
  }
  expect(told.slice(0, 3)).toEqual(["first", "pulse", "pulse"]);
  expect(told.at(-1)).toBe("second");
  expect(isClosed).toBe(true);
});

test("what goes wrong in the source goes on", async () => {
  async function* source() {
    yield 1;
    throw new Error("away");
  }
  const items = withPulse(source(), 1_000);
  expect(await items.next()).toEqual({ done: false, value: 1 });
  await expect(items.next()).rejects.toThrow("away");
});
