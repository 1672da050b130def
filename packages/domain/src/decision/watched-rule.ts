import type { Mode } from "../mode/mode.ts";
import type { Decision } from "./decision.ts";
import type { RetrySettings } from "./settings.ts";

/** A rule with a timeout or retries that matched a request: what it would have done shows only with the answer. */
export interface WatchedRule {
  readonly mode: Mode;
  readonly timeoutMs: number | undefined;
  readonly retry: RetrySettings | undefined;
  readonly verdicts: WatchedVerdicts;
}

/** The decisions that a watched rule can end in, made with it. */
export interface WatchedVerdicts {
  readonly timeout: Decision;
  readonly retry: Decision;
  readonly timeoutAndRetry: Decision;
}

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
  /** How often the request was sent upstream; 0 when it never was. */
  readonly attempts: number;
}
