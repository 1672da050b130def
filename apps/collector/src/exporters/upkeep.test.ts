import type { Sql } from "@weir/store";
import { createLogger } from "@weir/telemetry/process";
import { expect, test } from "vitest";
import { Upkeep } from "./upkeep.ts";

/** Tasks here look at no database; it only has to be one that is there. */
const sql = {} as Sql;

test("a task runs again at once while there is more, and else after its interval", async () => {
  const runs: number[] = [];
  const upkeep = new Upkeep({
    tasks: [{ what: "folding", everyMs: 60_000, run: async () => runs.push(runs.length) < 4 }],
    database: () => sql,
    log: createLogger("collector", "silent"),
  });
  upkeep.start();
  await expect.poll(() => runs).toEqual([0, 1, 2, 3]);
  await upkeep.stop();
  expect(runs).toHaveLength(4);
});

test("a task that fails is told once, and keeps no other from running", async () => {
  const lines: unknown[] = [];
  const log = createLogger("collector", "silent");
  log.warn = (...line: unknown[]) => void lines.push(line[1]);
  let [failures, others] = [0, 0];
  const upkeep = new Upkeep({
    tasks: [
      {
        ...{ what: "folding", everyMs: 1 },
        run: async () => {
          failures++;
          throw new Error("no");
        },
      },
      { what: "summing up", everyMs: 1, run: async () => ++others < 0 },
    ],
    ...{ database: () => sql, log },
  });
  upkeep.start();
  await expect.poll(() => failures > 3 && others > 3).toBe(true);
  await upkeep.stop();
  expect(lines).toEqual(["folding failed; trying again"]);
});

test("nothing runs while the database is away, and stopping waits for what is under way", async () => {
  let away = true;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  let started = 0;
  const upkeep = new Upkeep({
    tasks: [
      {
        ...{ what: "folding", everyMs: 1 },
        run: () => {
          started++;
          return promise;
        },
      },
    ],
    database: () => (away ? undefined : sql),
    log: createLogger("collector", "silent"),
  });
  upkeep.start();
  await expect.poll(() => started).toBe(0);
  away = false;
  await expect.poll(() => started).toBe(1);
  let stopped = false;
  const stopping = upkeep.stop().then(() => {
    stopped = true;
  });
  expect(stopped).toBe(false);
  resolve(false);
  await stopping;
  expect(stopped).toBe(true);
});

test("a task that takes long rests for nine times as long", async () => {
  const startedAt: number[] = [];
  const upkeep = new Upkeep({
    tasks: [
      {
        ...{ what: "folding", everyMs: 1 },
        run: async () => {
          startedAt.push(performance.now());
          while (performance.now() < (startedAt.at(-1) ?? 0) + 30) await new Promise(setImmediate);
          return false;
        },
      },
    ],
    database: () => sql,
    log: createLogger("collector", "silent"),
  });
  upkeep.start();
  await expect.poll(() => startedAt.length).toBe(2);
  await upkeep.stop();
  expect((startedAt[1] ?? 0) - (startedAt[0] ?? 0)).toBeGreaterThanOrEqual(290);
});
