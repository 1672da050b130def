import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CoalescedTask } from "./coalesced-task.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A task whose runs end when told, with the time at which each began. */
function controllable(timing: { delayMs?: number; maxWaitMs?: number } = {}) {
  const startedMs = performance.now();
  const begun: number[] = [];
  const ends: unknown[] = [];
  let finish: ((error?: Error) => void) | undefined;
  const task = new CoalescedTask({
    ...timing,
    run: () => {
      begun.push(Math.round(performance.now() - startedMs));
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      finish = (error) => (error ? reject(error) : resolve());
      return promise;
    },
    onEnd: (error) => ends.push(error),
  });
  return {
    task,
    begun,
    ends,
    async end(error?: Error) {
      finish?.(error);
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

test("triggers that come close together are one run, after a quiet time", async () => {
  const { task, begun } = controllable({ delayMs: 20, maxWaitMs: 100 });
  task.trigger();
  await vi.advanceTimersByTimeAsync(15);
  task.trigger();
  await vi.advanceTimersByTimeAsync(15);
  task.trigger();
  await vi.advanceTimersByTimeAsync(200);
  expect(begun).toEqual([50]);
});

test("a trigger waits no longer than the longest wait, however many follow", async () => {
  const { task, begun } = controllable({ delayMs: 20, maxWaitMs: 100 });
  for (let i = 0; i < 12; i++) {
    task.trigger();
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(begun).toEqual([100]);
});

test("triggers during a run make exactly one more, never at the same time", async () => {
  const { task, begun, end } = controllable();
  task.trigger();
  await vi.advanceTimersByTimeAsync(0);
  task.trigger();
  task.trigger();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(begun).toHaveLength(1);
  await end();
  expect(begun).toHaveLength(2);
  await end();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(begun).toHaveLength(2);
});

test("a run that fails is tried again with growing pauses, until one succeeds", async () => {
  const { task, begun, ends, end } = controllable();
  task.trigger();
  await vi.advanceTimersByTimeAsync(0);
  for (let failure = 0; failure < 7; failure++) {
    await end(new Error(`failure ${failure}`));
    await vi.advanceTimersByTimeAsync(2_000);
  }
  await end();
  await vi.advanceTimersByTimeAsync(10_000);
  const pauses = begun.slice(1).map((at, i) => at - begun[i]!);
  // Each failure is told 2 s after its run began, so the pause shows as what comes on top, at most 2 s.
  expect(begun).toHaveLength(8);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(4_000);
  expect(ends.filter((error) => error instanceof Error)).toHaveLength(7);
  expect(ends.at(-1)).toBeUndefined();
});

test("stopping waits for the run under way and makes a last one when something waits", async () => {
  const { task, begun, end } = controllable();
  task.trigger();
  await vi.advanceTimersByTimeAsync(0);
  task.trigger();
  let stopped = false;
  const stop = task.stop().then(() => {
    stopped = true;
  });
  await end();
  expect([begun.length, stopped]).toEqual([2, false]);
  await end();
  await stop;
  task.trigger();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(begun).toHaveLength(2);
});

test("a stopped task that has nothing to do runs no more, a failing one neither", async () => {
  const { task, begun, end } = controllable();
  task.trigger();
  await vi.advanceTimersByTimeAsync(0);
  const stop = task.stop();
  await end(new Error("away"));
  await stop;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(begun).toHaveLength(1);
});
