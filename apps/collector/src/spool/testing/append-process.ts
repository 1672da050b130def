/**
 * Run as a process of its own, to be killed: appends and drains at the same time, without an end, and says of every
 * request when it was acknowledged ("a NAME") and when it was delivered ("d NAME"), in a file that outlives it.
 */
import { openSync, writeSync } from "node:fs";
import { createLogger } from "@weir/telemetry/process";
import { Drainer } from "../drainer.ts";
import { openSpool } from "../open-spool.ts";
import { requestOf, textOf } from "./test-requests.ts";

const [directory = "", run = "", saidPath = ""] = process.argv.slice(2);
const said = openSync(saidPath, "a");
const log = createLogger("collector", "silent");
const spool = await openSpool({ directory, maxBytes: 2 ** 30, segmentBytes: 20_000, log });
const drainer = new Drainer({
  ...{ spool, log, ready: () => true },
  batch: { bytes: 10_000, requests: 20 },
  deliver: async (requests) => {
    writeSync(said, requests.map((request) => `d ${textOf(request)}\n`).join(""));
    return requests.map(() => ({ kind: "committed" }));
  },
});
drainer.start();

async function appendForEver(lane: number): Promise<never> {
  for (let i = 0; ; i++) {
    const name = `${run}.${lane}.${i}`;
    await spool.append(requestOf(name, 100 + ((i * 37) % 900)));
    writeSync(said, `a ${name}\n`);
    drainer.wake();
  }
}

await Promise.all(Array.from({ length: 8 }, (_, lane) => appendForEver(lane)));
