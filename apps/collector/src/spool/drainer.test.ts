import { open } from "node:fs/promises";
import { waitFor } from "@weir/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Outcome } from "../exporters/commit-requests.ts";
import { Drainer, type DrainerSettings } from "./drainer.ts";
import { readRecords } from "./read-records.ts";
import type { Spool } from "./spool.ts";
import { requestOf, textOf } from "./testing/test-requests.ts";
import { silent, TestSpool } from "./testing/test-spool.ts";

const bench = new TestSpool();
const error = new Error("the database says no");
const committed: Outcome = { kind: "committed" };

let spool: Spool;
let drainer: Drainer | undefined;
/** Names of what was delivered, a list for each batch. */
let batches: string[][];
beforeEach(async () => {
  spool = await bench.open({ segmentBytes: 300 });
  batches = [];
});
afterEach(() => drainer?.stop());

/** Starts one whose database gives each request the outcome that `judge` names. */
function start(judge: (name: string) => Outcome, settings: Partial<DrainerSettings> = {}): Drainer {
  drainer = new Drainer({
    spool,
    ready: () => true,
    deliver: async (requests) => {
      batches.push(requests.map(textOf));
      return requests.map((request) => judge(textOf(request)));
    },
    log: silent,
    batch: { bytes: 10_000, requests: 3 },
    backOff: { firstMs: 1, longestMs: 5 },
    ...settings,
  });
  drainer.start();
  return drainer;
}

async function append(...names: string[]): Promise<void> {
  for (const name of names) await spool.append(requestOf(name));
}

const empty = () => waitFor(() => spool.depth.requests === 0, { what: "the spool to be empty" });

test("what waits already goes in order and in batches, and so does what comes later", async () => {
  await append("1", "2", "3", "4", "5");
  start(() => committed);
  await empty();
  expect(batches).toEqual([
    ["1", "2", "3"],
    ["4", "5"],
  ]);
  await append("6");
  drainer?.wake();
  await empty();
  expect(batches.at(-1)).toEqual(["6"]);
  await waitFor(() => spool.diskBytes === 0, { what: "the files to be removed" });
});

test("nothing is read while the database is away; it goes when that is back", async () => {
  let ready = false;
  let asked = 0;
  start(() => committed, {
    ready: () => {
      asked += 1;
      return ready;
    },
  });
  await append("1", "2");
  drainer?.wake();
  await waitFor(() => asked > 5, { what: "it to have asked a few times" });
  expect(batches).toEqual([]);
  ready = true;
  await empty();
  expect(batches).toEqual([["1", "2"]]);
});

test("a database that goes away in the middle of a batch gets the rest again, and nothing twice but what it has", async () => {
  await append("1", "2", "3", "4");
  const stored = new Set<string>();
  let failures = 3;
  start((name) => {
    if (name !== "1" && failures > 0) {
      failures -= 1;
      return { kind: "away", error };
    }
    const known = stored.has(name);
    stored.add(name);
    return { kind: known ? "duplicate" : "committed" };
  });
  await empty();
  expect(batches).toEqual([
    ["1", "2", "3"],
    ["2", "3", "4"],
    ["2", "3", "4"],
  ]);
  expect([...stored]).toEqual(["1", "3", "4", "2"]);
});

test("what is refused for good is kept aside and holds nobody up", async () => {
  await append("1", "bad", "2", "bad too", "3");
  start((name) => (name.startsWith("bad") ? { kind: "refused", error } : committed));
  await empty();
  expect(batches).toEqual([
    ["1", "bad", "2"],
    ["bad too", "3"],
  ]);
  expect(spool.counts).toMatchObject({ refused: 2, refusedLost: 0 });
  const file = await open(bench.path("refused.log"), "r");
  const kept: string[] = [];
  for await (const { request } of readRecords(file, 0, (await file.stat()).size, () => {}))
    kept.push(textOf(request));
  await file.close();
  expect(kept).toEqual(["bad", "bad too"]);
});

test("a request that is slow again and again lets the others pass, and goes when it can", async () => {
  await append("slow", "1", "2", "3", "4");
  let slow = true;
  start((name) => (name === "slow" && slow ? { kind: "slow", error } : committed));
  await waitFor(() => batches.flat().includes("4"), { what: "the last to have its turn" });
  // For a moment there are two of it, whenever it goes behind the others.
  await waitFor(() => spool.depth.requests === 1, { what: "the slow one to be alone" });
  slow = false;
  await empty();
  expect(batches.slice(0, 3)).toEqual(Array.from({ length: 3 }, () => ["slow", "1", "2"]));
  expect(batches.at(-1)).toEqual(["slow"]);
});

test("a delivery that fails altogether is told once and tried again", async () => {
  await append("1");
  const lines: string[] = [];
  const log = { info() {}, warn() {}, error: (_: unknown, line?: string) => lines.push(line ?? "") };
  let failures = 4;
  start(() => committed, {
    log,
    deliver: async (requests) => {
      if (failures-- > 0) throw error;
      return requests.map(() => committed);
    },
  });
  await empty();
  expect(lines).toEqual(["the spool cannot be drained; trying again"]);
});

test("stopping finishes the batch under way and takes no other", async () => {
  await append("1", "2", "3", "4");
  const { promise, resolve } = Promise.withResolvers<void>();
  start(() => committed, {
    deliver: async (requests) => {
      batches.push(requests.map(textOf));
      await promise;
      return requests.map(() => committed);
    },
  });
  await waitFor(() => batches.length > 0, { what: "the first batch" });
  const stopped = drainer?.stop();
  resolve();
  await stopped;
  expect(batches).toEqual([["1", "2", "3"]]);
  expect((await spool.read({ bytes: 1000, requests: 10 })).map(textOf)).toEqual(["4"]);
});

test.each([
  ["held up", { kind: "away", error } as const],
  ["without work", committed],
])("stopping one that is %s does not wait for its pause to end", async (_, outcome) => {
  await append("1");
  start(() => outcome, { backOff: { firstMs: 3_600_000, longestMs: 3_600_000 } });
  await waitFor(() => batches.length > 0, { what: "the first batch" });
  await drainer?.stop();
});

test("appends do not end a back-off", async () => {
  await append("1");
  start(() => ({ kind: "away", error }), { backOff: { firstMs: 3_600_000, longestMs: 3_600_000 } });
  await waitFor(() => batches.length === 1, { what: "the first batch" });
  for (let i = 0; i < 20; i++) {
    await append(`more ${i}`);
    drainer?.wake();
  }
  await drainer?.stop();
  expect(batches).toEqual([["1"]]);
});
