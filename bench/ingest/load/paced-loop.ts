import { setTimeout as sleep } from "node:timers/promises";
import type { LoopSettings } from "./busy-loop.ts";
import { sendUntilTaken } from "./send-until-taken.ts";

/** How late a request may be sent, in milliseconds; to wake up more often would cost more than sending does. */
const tickMs = 4;

/**
 * Sends items at a steady rate (a second). Each request has a time at which it is due; one that finds every connection
 * busy is sent when the first is free, counted from when it was due, so that a stall is not forgiven. Answers with
 * the time that each request took from then until its answer, in milliseconds. Connections take turns, so that none
 * is idle for long enough to be closed.
 */
export async function pacedLoop(settings: LoopSettings & { readonly rate: number }): Promise<number[]> {
  const { callers, next, tally, ms, rate, onSent } = settings;
  const idle = [...callers];
  const latencies: number[] = [];
  const started = performance.now();
  let items = 0;
  let failure: Error | undefined;
  while (failure === undefined) {
    const dueAt = started + (items * 1000) / rate;
    if (dueAt >= started + ms) break;
    const caller = performance.now() >= dueAt ? idle.shift() : undefined;
    if (caller === undefined) {
      await sleep(tickMs);
      continue;
    }
    const ready = next();
    items += ready.items;
    onSent(ready, dueAt);
    sendUntilTaken(caller, ready, tally).then(
      () => {
        latencies.push(performance.now() - dueAt);
        idle.push(caller);
      },
      (error: Error) => {
        failure = error;
      },
    );
  }
  while (failure === undefined && idle.length < callers.length) await sleep(tickMs);
  if (failure) throw failure;
  return latencies;
}
