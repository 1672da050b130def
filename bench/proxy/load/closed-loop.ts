import type { Caller } from "./caller.ts";

export interface ClosedLoopResult {
  readonly requests: number;
  readonly seconds: number;
}

/** Every caller asks again as soon as it is answered, for `ms`; requests under way at the end are waited for. */
export function closedLoop(callers: readonly Caller[], ms: number): Promise<ClosedLoopResult> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    let requests = 0;
    let busy = callers.length;
    const ask = (caller: Caller) => {
      caller.call((failure) => {
        if (failure) return reject(failure);
        requests++;
        if (performance.now() - started < ms) return ask(caller);
        if (--busy === 0) resolve({ requests, seconds: (performance.now() - started) / 1000 });
      });
    };
    for (const caller of callers) ask(caller);
  });
}
