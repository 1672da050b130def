import { RetryableFailure } from "./delivery-failure.ts";
import type { Send } from "./forward-request.ts";

/** Ends an attempt that takes longer than `timeoutMs`, its answer included. */
export function withTimeout(next: Send, timeoutMs: number): Send {
  return async (request, abort) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      return await next(request, AbortSignal.any([abort, timeout]));
    } catch (cause) {
      if (!timeout.aborted || abort.aborted) throw cause;
      throw new RetryableFailure(`no answer within ${timeoutMs} ms`, { cause });
    }
  };
}
