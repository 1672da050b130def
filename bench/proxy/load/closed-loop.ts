import type { Caller } from "./caller.ts";

export interface ClosedLoopResult {
  readonly requests: number;
  readonly seconds: number;
}

/** How long a closed loop goes on: until the first of the two is reached. */
export interface Span {
  readonly ms: number;
  readonly requests: number;
}

/** Every caller asks again as soon as it is answered; requests under way at the end are waited for. */
export function closedLoop(callers: readonly Caller[], span: Span): Promise<ClosedLoopResult> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    let asked = 0;
    let requests = 0;
    let busy = callers.length;
    const ask = (caller: Caller) => {
      asked++;
      caller.call((failure) => {
        if (failure) return reject(failure);
        requests++;
        if (asked < span.requests && performance.now() - started < span.ms) return ask(caller);
        if (--busy === 0) resolve({ requests, seconds: (performance.now() - started) / 1000 });
      });
    };
    for (const caller of callers) ask(caller);
  });
}
