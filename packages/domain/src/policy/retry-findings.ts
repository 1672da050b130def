import { type Finding, findingOf } from "../finding/finding.ts";
import type { RetryCondition } from "../retry/retry-spec.ts";
import type { RouteRule } from "./route.ts";
import { alternativesOf } from "./rule-order-findings.ts";

/** What is odd about how long a rule waits, and how often it tries. */
export function retryFindings(rule: RouteRule, path: string): Finding[] {
  return [...timeoutFindings(rule, path), ...repeatFindings(rule, path)];
}

function timeoutFindings({ timeoutMs, retry, fault }: RouteRule, path: string): Finding[] {
  if (timeoutMs === undefined) return [];
  const findings: Finding[] = [];
  const { attempts = 0, perTryTimeoutMs } = retry ?? {};
  if (perTryTimeoutMs !== undefined && perTryTimeoutMs >= timeoutMs)
    findings.push(
      findingOf(
        "per-try-timeout",
        `${path}.retry.perTryTimeoutMs`,
        `never runs out before timeoutMs (${timeoutMs} ms), which includes all tries`,
      ),
    );
  else if (perTryTimeoutMs !== undefined && (attempts + 1) * perTryTimeoutMs > timeoutMs)
    findings.push(
      findingOf(
        "tries-over-timeout",
        `${path}.retry.attempts`,
        `${attempts + 1} tries of ${perTryTimeoutMs} ms are more than timeoutMs (${timeoutMs} ms): the last are cut off`,
      ),
    );
  if (fault?.delay && fault.delay.ms >= timeoutMs)
    findings.push(
      findingOf(
        "delay-over-timeout",
        `${path}.fault.delay.ms`,
        `is not shorter than timeoutMs (${timeoutMs} ms): a delayed request cannot be answered in time`,
      ),
    );
  return findings;
}

/** Methods whose repetition may do a thing twice (RFC 9110 9.2.2). */
export const notIdempotent: readonly string[] = ["POST", "PATCH"];
/** The service has not begun on a request that fails so. */
const harmless: readonly RetryCondition[] = ["connect-failure", "refused-stream"];

/** Whether a rule's retries may send a request again that the service has worked on. */
export function mayRepeat({ retry }: RouteRule): boolean {
  return retry?.on.some((condition) => !harmless.includes(condition)) ?? false;
}

function repeatFindings(rule: RouteRule, path: string): Finding[] {
  const named = alternativesOf(rule).flatMap(({ method }) => method ?? []);
  const repeated = [...new Set(named)].filter((method) => notIdempotent.includes(method));
  if (repeated.length === 0 || !mayRepeat(rule)) return [];
  return [
    findingOf(
      "retry-not-idempotent",
      `${path}.retry.on`,
      `${repeated.join(" and ")} may take effect twice: a try that failed may have been carried out`,
    ),
  ];
}
