import type { Mode } from "../mode/mode.ts";
import type { RouteRule } from "../policy/route.ts";
import { type RetrySettings, retrySettings } from "../retry/retry.ts";
import type { Decision } from "./decision.ts";
import { decisionOf, type PolicyFacts } from "./policy-voice.ts";

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

/** The rule as the one entry of a list that all of its requests share; an empty list when it has neither. */
export function compileWatch(policy: PolicyFacts, label: string, rule: RouteRule): readonly WatchedRule[] {
  const { timeoutMs } = rule;
  const retry = rule.retry && retrySettings(rule.retry);
  const limitMs = timeoutMs ?? retry?.perTryTimeoutMs;
  if (timeoutMs === undefined && retry === undefined) return [];
  const verdicts = {
    timeout: decisionOf(policy, `timeout=${limitMs}ms`, label, true),
    retry: decisionOf(policy, "retry", label, true),
    timeoutAndRetry: decisionOf(policy, `timeout=${limitMs}ms, retry`, label, true),
  };
  return Object.freeze([Object.freeze({ mode: policy.mode, timeoutMs, retry, verdicts })]);
}
