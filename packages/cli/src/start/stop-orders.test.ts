import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { createStopOrders } from "./stop-orders.ts";

async function settled(promise: Promise<string>): Promise<string | undefined> {
  return Promise.race([promise, new Promise<undefined>((resolve) => setImmediate(() => resolve(undefined)))]);
}

test.each`
  orders                                  | second       | why
  ${[[0, "SIGINT"]]}                      | ${undefined} | ${"there was one"}
  ${[[0, "SIGINT"], [20, "SIGINT"]]}      | ${undefined} | ${"the terminal and the bootstrap hand on the same one"}
  ${[[0, "SIGINT"], [900, "SIGINT"]]}     | ${"SIGINT"}  | ${"somebody pressed again"}
  ${[[0, "SIGTERM"], [900, "SIGINT"]]}    | ${"SIGINT"}  | ${"whatever the signal"}
  ${[[0, "SIGINT"], [900, "disconnect"]]} | ${undefined} | ${"losing whoever started us is no hurry"}
  ${[[0, "disconnect"]]}                  | ${undefined} | ${"losing whoever started us stops"}
`("a second order is $second: $why", async ({ orders, second }) => {
  const source = new EventEmitter();
  let now = 0;
  const stop = createStopOrders(source, () => now);
  for (const [at, order] of orders) {
    now = at;
    source.emit(order);
  }
  expect(await settled(stop.first)).toBe(orders[0][1]);
  expect(await settled(stop.second)).toBe(second);
});
