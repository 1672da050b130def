import type { RetryCondition, RetrySpec } from "./retry-spec.ts";
import type { TryAnswer } from "./try-answer.ts";

export interface BackOffSettings {
  readonly baseMs: number;
  readonly maxMs: number;
}

export interface RetryBudgetSettings {
  readonly percent: number;
  readonly minConcurrent: number;
}

export interface RetrySettings {
  readonly on: readonly RetryCondition[];
  /** Retries at most, the first try not counted. */
  readonly attempts: number;
  readonly perTryTimeoutMs: number | undefined;
  readonly backOff: BackOffSettings;
  readonly budget: RetryBudgetSettings;
}

/** A retry as somebody wrote it, with the defaults in place (Envoy's: 25 ms, ten times as much, 20 %, 3). */
export function retrySettings({ on, attempts, perTryTimeoutMs, backOff, budget }: RetrySpec): RetrySettings {
  const baseMs = backOff?.baseMs ?? 25;
  return {
    on,
    attempts,
    perTryTimeoutMs,
    backOff: { baseMs, maxMs: backOff?.maxMs ?? 10 * baseMs },
    budget: { percent: budget?.percent ?? 20, minConcurrent: budget?.minConcurrent ?? 3 },
  };
}

/**
 * Whether a try that ended so may be made again (Envoy: `retry_on`). What a breaker refused is never tried again,
 * for that would only add to the load that the breaker is there to shed.
 */
export function retryOnMatches({ on }: Pick<RetrySettings, "on">, answer: TryAnswer): boolean {
  if (answer.failure === "overflow") return false;
  for (const condition of on) if (meets(condition, answer)) return true;
  return false;
}

/**
 * How long to wait before retry number `retry` (1 for the first), in ms: uniform in [0, (2^retry - 1) * base),
 * the border capped (Envoy: fully jittered exponential back-off). `random` gives a number in [0, 1).
 */
export function backOffMs(retry: number, { baseMs, maxMs }: BackOffSettings, random: () => number): number {
  return random() * Math.min((2 ** retry - 1) * baseMs, maxMs);
}

function meets(condition: RetryCondition, { status, grpcStatus, failure }: TryAnswer): boolean {
  if (typeof condition === "number") return failure === undefined && status === condition;
  switch (condition) {
    // Envoy counts no answer at all as the 503 or 504 that it would become, for both of these.
    case "5xx":
      return failure !== undefined || (status >= 500 && status <= 599);
    case "gateway-error":
      return failure !== undefined || (status >= 502 && status <= 504);
    case "reset":
      return failure !== undefined;
    case "connect-failure":
      return failure === "connectFailure";
    case "refused-stream":
      return failure === "refusedStream";
    case "retriable-4xx":
      return failure === undefined && status === 409;
    default:
      return failure === undefined && grpcStatus === grpcCodes[condition];
  }
}

const grpcCodes = {
  cancelled: 1,
  "deadline-exceeded": 4,
  "resource-exhausted": 8,
  internal: 13,
  unavailable: 14,
} as const;
