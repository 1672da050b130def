import type { Caller } from "./caller.ts";

/**
 * Latencies in microseconds of requests sent at a fixed rate, each counted from when it was due, so that a stall is not
 * forgiven. Node's timers are late by up to a millisecond: this turns the event loop without ever sleeping, which
 * takes one core for itself and finds a due time or an answer within some 10 us.
 */
export function openLoop(callers: readonly Caller[], rate: number, ms: number): Promise<Float64Array> {
  return new Promise((resolve, reject) => {
    const total = Math.round((rate * ms) / 1000);
    const latencies = new Float64Array(total);
    const idle = [...callers];
    const everyMs = 1000 / rate;
    const started = performance.now();
    let sent = 0;
    let answered = 0;
    let failed = false;
    const send = (caller: Caller, dueAt: number) => {
      caller.call((failure) => {
        if (failure) {
          failed = true;
          return reject(failure);
        }
        latencies[answered++] = (performance.now() - dueAt) * 1000;
        idle.push(caller);
      });
    };
    const turn = () => {
      const now = performance.now();
      while (sent < total && started + sent * everyMs <= now) {
        const caller = idle.shift();
        if (caller === undefined) break; // sent when one is free, counted from when it was due
        send(caller, started + sent++ * everyMs);
      }
      if (answered === total) return resolve(latencies);
      if (!failed) setImmediate(turn);
    };
    turn();
  });
}
