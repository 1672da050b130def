import { describe, expect, test } from "vitest";
import { Refusal } from "../../receivers/refusal.ts";
import { keptSize } from "./kept-size.ts";
import { MemoryLimiter, type MemoryReading } from "./memory-limiter.ts";
import { processMemory } from "./process-memory.ts";

const mebibyte = 1024 * 1024;

/** A limiter of 500 MiB that refuses from 400 on, in a process whose code takes 100, on a clock of its own. */
function limited() {
  const state = { nowMs: 0, liveMib: 50, garbageMib: 0, idleMib: 200, stuckMib: 0, collections: 0 };
  const read = (): MemoryReading => ({
    rss: (100 + state.liveMib + state.garbageMib + state.idleMib + state.stuckMib) * mebibyte,
    heapTotal: 200 * mebibyte,
    heapUsed: (state.liveMib + state.garbageMib - 50) * mebibyte,
    external: 50 * mebibyte,
  });
  const limiter = new MemoryLimiter({
    limitBytes: 500 * mebibyte,
    spikeBytes: 100 * mebibyte,
    read,
    collectGarbage() {
      state.collections++;
      state.garbageMib = 0;
      state.idleMib = Math.min(state.idleMib, 50);
    },
    now: () => state.nowMs,
  });
  state.idleMib = 0;
  state.nowMs = 1000;
  /** Whether a request may come in, so many milliseconds later. */
  const admits = (afterMs: number, change: Partial<typeof state> = {}): boolean => {
    Object.assign(state, change);
    state.nowMs += afterMs;
    try {
      limiter.check();
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(Refusal);
      expect((error as Refusal).kind).toBe("overloaded");
      return false;
    }
  };
  return { limiter, state, admits };
}

describe("the limiter", () => {
  test.each`
    live   | garbage | admitted | collections
    ${50}  | ${0}    | ${true}  | ${0}
    ${299} | ${0}    | ${true}  | ${0}
    ${200} | ${99}   | ${true}  | ${0}
    ${200} | ${100}  | ${true}  | ${1}
    ${200} | ${400}  | ${true}  | ${1}
    ${300} | ${0}    | ${false} | ${1}
    ${300} | ${50}   | ${false} | ${1}
  `(
    "with $live MiB in use and $garbage of garbage, admits: $admitted",
    ({ live, garbage, admitted, collections }) => {
      const { admits, state, limiter } = limited();
      expect(admits(0, { liveMib: live, garbageMib: garbage })).toBe(admitted);
      expect(state.collections).toBe(collections);
      expect(limiter.usedBytes).toBe((100 + live + (collections > 0 ? 0 : garbage)) * mebibyte);
    },
  );

  test("admits again as soon as memory is there, and not before", () => {
    const { admits } = limited();
    expect(admits(0, { liveMib: 350 })).toBe(false);
    expect(admits(60)).toBe(false);
    expect(admits(60, { liveMib: 290 })).toBe(true);
  });

  test("reads as often as it must, not more", () => {
    const { admits } = limited();
    expect(admits(0, { liveMib: 100 })).toBe(true);
    expect(admits(49, { liveMib: 350 })).toBe(true);
    expect(admits(1)).toBe(false);
  });

  test("new garbage is no reason to refuse below the limit, nor to collect all the time", () => {
    const { admits, state } = limited();
    expect(admits(0, { liveMib: 200, garbageMib: 150 })).toBe(true);
    expect(admits(500, { garbageMib: 150 })).toBe(true);
    expect(state.collections).toBe(1);
    expect(admits(500, { garbageMib: 150 })).toBe(true);
    expect(state.collections).toBe(2);
    expect(admits(100, { garbageMib: 200 })).toBe(false);
  });

  test("what is resident and idle is given back, and no reason to refuse where it is not", () => {
    const { admits, state } = limited();
    expect(admits(0, { liveMib: 100, idleMib: 300 })).toBe(true);
    expect([state.collections, state.idleMib]).toEqual([1, 50]);
    for (let second = 0; second < 10; second++)
      expect(admits(1000, { liveMib: 100, idleMib: 0, stuckMib: 300 })).toBe(true);
    expect(state.collections).toBe(4);
  });

  test("collects less and less often as long as that does not help, and at once when it may again", () => {
    const { admits, state } = limited();
    const collectedAt: number[] = [];
    for (let second = 0; second < 100; second++) {
      const before = state.collections;
      admits(second === 0 ? 0 : 1000, { liveMib: 350 });
      if (state.collections > before) collectedAt.push(second);
    }
    expect(collectedAt).toEqual([0, 2, 6, 14, 30, 60, 90]);
    expect(admits(1000, { liveMib: 100 })).toBe(true);
    expect(admits(30_000, { liveMib: 100, garbageMib: 300 })).toBe(true);
    expect(admits(1000, { liveMib: 100, garbageMib: 300 })).toBe(true);
    expect(state.collections).toBe(9);
  });

  test.each`
    bytes          | refused  | why
    ${128 * 1024}  | ${false} | ${"a small body is decoded unseen"}
    ${1024 * 1024} | ${true}  | ${"half a million records would not fit into 100 MiB"}
  `("$why", ({ bytes, refused }) => {
    const { limiter } = limited();
    // The lengths say more than there is: what is there counts.
    const heads = Buffer.from("0affffff7f12ffffff7f", "hex");
    const body = Buffer.concat([heads, Buffer.alloc(bytes - heads.length, Buffer.from([0x12, 0x00]))]);
    const check = () => limiter.checkBody({ signal: "logs", encoding: "protobuf", body });
    if (!refused) expect(check).not.toThrow();
    else expect(check).toThrow(/more than fits into 100 MiB of memory; send fewer items at a time/);
  });
});

test("what a request's rows take while they wait grows with its items and its bytes", () => {
  expect(keptSize("traces", 1000, 0)).toBeGreaterThan(200_000);
  expect(keptSize("logs", 0, 1000)).toBeGreaterThan(1000);
});

test("reads and clears this process's own memory", () => {
  const { read, collectGarbage } = processMemory();
  let held: unknown[] | undefined = Array.from({ length: 300_000 }, (_, i) => ({ i }));
  const before = read();
  expect(before.rss).toBeGreaterThan(before.heapUsed);
  expect(held.length).toBe(300_000);
  held = undefined;
  collectGarbage();
  expect(read().heapUsed).toBeLessThan(before.heapUsed - 5 * mebibyte);
});
