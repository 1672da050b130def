import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { SpanDictionary } from "./span-dictionary.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const mebibyte = 2 ** 20;

test("of an operation's name only what is kept of it stays in memory", () => {
  const dictionary = new SpanDictionary();
  const service = dictionary.service({ namespace: "", name: "web", version: "" });
  const usedAfter = (from: number, to: number): number => {
    for (let i = from; i < to; i++) dictionary.operation(service, Buffer.alloc(mebibyte, `${i} `).toString());
    // What a first collection frees of the heap may hold memory outside of it.
    for (let times = 0; times < 3; times++) collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = usedAfter(0, 5);
  expect(usedAfter(5, 45) - before).toBeLessThan(10 * mebibyte);
});
