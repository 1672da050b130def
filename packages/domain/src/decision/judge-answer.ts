import { retryOnMatches } from "../retry/retry.ts";
import type { TryAnswer, TryFailure } from "../retry/try-answer.ts";
import type { Decision } from "./decision.ts";
import type { WatchedRule } from "./watched-rule.ts";

/** How a request ended. */
export interface AnswerFacts {
  /** Status that the caller saw; 0 when it saw none. */
  readonly status: number;
  /** From the answer's headers, where they have one. */
  readonly grpcStatus?: number | undefined;
  /** Response flag, such as `UF`; empty where all went well. */
  readonly flag: string;
  /** From the complete request to the complete answer. */
  readonly durationMs: number;
  /** From the complete request to the answer's first byte; absent: `durationMs`. */
  readonly firstByteMs?: number | undefined;
  /** How often the request was sent upstream; 0 when it never was. */
  readonly attempts: number;
}

/**
 * What a rule did, or in observe would have done, by its timeout and its retries; undefined: nothing. Observed, it
 * tells whether the first try would have been cut off or tried again, which is all that one try can tell: at least
 * one retry, not how many, nor whether it would have helped.
 */
export function judgeAnswer(watched: WatchedRule, answer: AnswerFacts): Decision | undefined {
  return watched.mode === "enforce" ? whatHappened(watched, answer) : whatWouldHave(watched, answer);
}

function whatHappened(
  { verdicts, retry }: WatchedRule,
  { attempts, flag }: AnswerFacts,
): Decision | undefined {
  const retried = retry !== undefined && attempts > 1;
  if (flag === "UT") return retried ? verdicts.timeoutAndRetry : verdicts.timeout;
  return retried ? verdicts.retry : undefined;
}

function whatWouldHave(
  { timeoutMs, retry, verdicts }: WatchedRule,
  answer: AnswerFacts,
): Decision | undefined {
  const { durationMs, firstByteMs = durationMs, attempts } = answer;
  if (attempts === 0) return undefined;
  const limitMs = timeoutMs ?? Number.POSITIVE_INFINITY;
  const perTryMs = retry?.perTryTimeoutMs ?? Number.POSITIVE_INFINITY;
  if (retry && firstByteMs > perTryMs && perTryMs < limitMs)
    return retryOnMatches(retry, { status: 0, failure: "timeout" }) ? verdicts.retry : verdicts.timeout;
  if (durationMs > limitMs) return verdicts.timeout;
  return retry && retryOnMatches(retry, tryAnswer(answer)) ? verdicts.retry : undefined;
}

/** Flags of tries that ended without the upstream's own answer. */
const failures: Readonly<Record<string, TryFailure>> = {
  UF: "connectFailure",
  UC: "reset",
  UPE: "reset",
  UT: "timeout",
  UO: "overflow",
};

function tryAnswer({ status, grpcStatus, flag }: AnswerFacts): TryAnswer {
  return { status, grpcStatus, failure: failures[flag] };
}
