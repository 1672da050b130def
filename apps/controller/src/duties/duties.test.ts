import { createLogger } from "@weir/telemetry/process";
import { createTestDatabase, type TestDatabase, waitFor } from "@weir/testkit";
import { Registry } from "prom-client";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createMeters } from "../meters.ts";
import { type CuttableRelay, startCuttableRelay } from "../testing/cuttable-relay.ts";
import { Duties } from "./duties.ts";
import type { Duty } from "./duty.ts";

// Elections, one after the other.
vi.setConfig({ testTimeout: 60_000 });

const logger = createLogger("controller-test", "silent");

let database: TestDatabase;
let cleanups: (() => Promise<unknown>)[];
beforeEach(async () => {
  database = await createTestDatabase();
  cleanups = [() => database.drop()];
});
afterEach(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
});

function start(duties: readonly Duty[], databaseUrl = database.databaseUrl): Duties {
  const started = Duties.start({ databaseUrl, duties, logger, meters: createMeters(new Registry()) });
  cleanups.push(() => started.stop());
  return started;
}

async function relay(): Promise<CuttableRelay> {
  const made = await startCuttableRelay(database.databaseUrl);
  cleanups.push(() => made.cut().catch(() => undefined));
  return made;
}

/** A duty of several controllers; whose runs are counted, and which must not overlap with another's. */
function sharedDuty() {
  const runs: string[] = [];
  let running = 0;
  let most = 0;
  const duty = (by: string): Duty => ({
    name: "shared",
    everyMs: 5,
    async run() {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      runs.push(by);
    },
  });
  const worked = (by: string) => {
    const from = runs.length;
    return waitFor(() => runs.slice(from).filter((one) => one === by).length >= 3, {
      what: `${by} to work`,
      timeoutMs: 20_000,
    });
  };
  return { duty, runs, worked, atOnce: () => most };
}

describe("of two controllers", () => {
  test("one works at a time, and the other takes over when it stops", async () => {
    const { duty, runs, worked, atOnce } = sharedDuty();
    const a = start([duty("a")]);
    await worked("a");
    start([duty("b")]);
    await worked("a");
    await a.stop();
    await worked("b");
    expect(runs.lastIndexOf("a")).toBeLessThan(runs.indexOf("b"));
    expect(atOnce()).toBe(1);
  });

  test("one whose connection is cut stops, and stands again once it is back", async () => {
    const { duty, runs, worked, atOnce } = sharedDuty();
    const way = await relay();
    start([duty("a")], way.databaseUrl);
    await worked("a");
    const b = start([duty("b")]);
    await way.cut();
    await worked("b");
    expect(runs.lastIndexOf("a")).toBeLessThan(runs.indexOf("b"));
    await way.restore();
    await b.stop();
    await worked("a");
    expect(atOnce()).toBe(1);
  });
});

test("a run under way is told that it is over, and waited for", async () => {
  let told = false;
  let begun = false;
  const duties = start([
    {
      name: "long",
      everyMs: 1,
      run: (signal) =>
        new Promise((resolve) => {
          begun = true;
          signal.addEventListener("abort", () => {
            told = true;
            setImmediate(resolve);
          });
        }),
    },
  ]);
  await waitFor(() => begun, { what: "the run" });
  await duties.stop();
  expect(told).toBe(true);
});

test("a duty that fails is tried again, and holds up no other", async () => {
  let [attempts, runs] = [0, 0];
  start([
    {
      name: "failing",
      everyMs: 5,
      run() {
        attempts++;
        return Promise.reject(new Error("no luck"));
      },
    },
    {
      name: "stuck",
      everyMs: 5,
      run: (signal) => new Promise((done) => signal.addEventListener("abort", () => done())),
    },
    { name: "fine", everyMs: 5, run: async () => void runs++ },
  ]);
  await waitFor(() => attempts >= 3 && runs >= 3, { what: "three runs of each" });
});
