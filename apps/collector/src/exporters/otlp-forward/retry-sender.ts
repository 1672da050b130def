import { GaveUp, RetryableFailure, StoppedWaiting } from "./delivery-failure.ts";
import type { ForwardRequest, Send } from "./forward-request.ts";

/** Names and meaning as in the OpenTelemetry Collector's `retry_on_failure`. */
export interface RetrySettings {
  readonly initialIntervalMs: number;
  readonly maxIntervalMs: number;
  /** From the first attempt to the last; 0: there is none. */
  readonly maxElapsedMs: number;
}

export interface RetrySender extends RetrySettings {
  /** Aborted when the collector stops: nothing is waited for any more, and the attempt after that is the last. */
  readonly closing: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly random: () => number;
  /** Resolves after `ms`, or once `signal` is aborted. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onFailure: (request: ForwardRequest, failure: RetryableFailure) => void;
}

const multiplier = 1.5;
/** An interval is up to this much of itself shorter or longer, so that senders do not come back all at once. */
const randomization = 0.5;

/** What one answer may keep all others waiting. */
const longestPauseMs = 300_000;

/**
 * Tries again after failures that may pass: exponentially later, and not before the backend asked to. What one request
 * was told to wait for, the others wait for, too.
 */
export function retrying(next: Send, settings: RetrySender): Send {
  const { closing, now, pause, maxElapsedMs } = settings;
  let notBeforeMs = 0;

  return async (request, abort) => {
    const lastMs = maxElapsedMs === 0 ? Number.POSITIVE_INFINITY : now() + maxElapsedMs;
    for (let attempt = 0; ; attempt++) {
      for (let ms = notBeforeMs - now(); ms > 0 && !closing.aborted; ms = notBeforeMs - now())
        await pause(ms, closing);
      const isLast = closing.aborted;
      try {
        return await next(request, abort);
      } catch (error) {
        if (!(error instanceof RetryableFailure)) throw error;
        if (isLast) throw new StoppedWaiting(error);
        settings.onFailure(request, error);
        const waitMs = Math.max(backOffMs(attempt, settings), error.retryAfterMs ?? 0);
        if (error.retryAfterMs !== undefined)
          notBeforeMs = Math.max(notBeforeMs, now() + Math.min(longestPauseMs, error.retryAfterMs));
        if (now() + waitMs > lastMs) throw new GaveUp(error);
        await pause(waitMs, closing);
      }
    }
  };
}

function backOffMs(attempt: number, { initialIntervalMs, maxIntervalMs, random }: RetrySender): number {
  const interval = Math.min(maxIntervalMs, initialIntervalMs * multiplier ** attempt);
  return interval * (1 - randomization + 2 * randomization * random());
}
