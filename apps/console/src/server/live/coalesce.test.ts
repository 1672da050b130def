import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ChangeKind } from "./change-hub.ts";
import { coalesce } from "./coalesce.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function listening() {
  const abort = new AbortController();
  let tell: (kind: ChangeKind) => void = () => {};
  let stopped = false;
  const heard: string[] = [];
  const startedAt = Date.now();
  const source = coalesce({
    listen: (listener) => {
      tell = listener;
      return () => {
        stopped = true;
      };
    },
    signal: abort.signal,
    intervalMs: 1_000,
    now: Date.now,
  });
  const done = (async () => {
    for await (const kind of source) heard.push(`${kind}@${Date.now() - startedAt}`);
  })();
  return { tell: (kind: ChangeKind) => tell(kind), heard, abort, done, isStopped: () => stopped };
}

test("many notices of one kind are one, and the last is never lost", async () => {
  const { tell, heard } = listening();
  await vi.advanceTimersByTimeAsync(0);
  for (let i = 0; i < 25; i++) {
    tell("telemetry");
    await vi.advanceTimersByTimeAsync(100);
  }
  await vi.advanceTimersByTimeAsync(2_000);
  expect(heard).toEqual(["telemetry@0", "telemetry@1000", "telemetry@2000", "telemetry@3000"]);
});

test("changes of config are told at once, whatever else waits", async () => {
  const { tell, heard } = listening();
  await vi.advanceTimersByTimeAsync(0);
  tell("telemetry");
  await vi.advanceTimersByTimeAsync(10);
  tell("telemetry");
  tell("config");
  await vi.advanceTimersByTimeAsync(10);
  tell("config");
  await vi.advanceTimersByTimeAsync(10);
  expect(heard).toEqual(["telemetry@0", "config@10", "config@20"]);
});

test("ends and stops listening when the page goes away", async () => {
  const { tell, heard, abort, done, isStopped } = listening();
  await vi.advanceTimersByTimeAsync(0);
  abort.abort();
  await done;
  tell("config");
  expect([heard, isStopped()]).toEqual([[], true]);
});
