import type { Policy } from "../policy/policy.ts";
import type { PreviewEffect } from "./preview-effect.ts";

/** Requests between which the truth lies; `atMost` absent: nobody can tell. */
export interface CountRange {
  readonly atLeast: number;
  readonly atMost?: number | undefined;
}

/**
 * What a sidecar's count of an observed decision tells of how many it would be, enforced. Exact where the decision does
 * not depend on what became of other requests; else:
 *
 * - a request that a breaker refuses or a timeout cuts off frees its place at once, and an endpoint that is ejected gets
 *   no more requests to fail: fewer would have met the same, so the count is the most;
 * - of retries the first is counted, which others may follow; and they take time, of which a timeout leaves as much as
 *   without them: the count is the least.
 */
export function rangeOfObserved(effect: PreviewEffect, count: number, policy: Policy): CountRange {
  if (effect === "retried") return { atLeast: count };
  if (effect === "timedOut" && retriesSome(policy)) return { atLeast: count };
  return upperOnly.has(effect) ? { atLeast: 0, atMost: count } : { atLeast: count, atMost: count };
}

const upperOnly: ReadonlySet<PreviewEffect> = new Set(["overflowed", "notRetried", "timedOut", "ejected"]);

function retriesSome(policy: Policy): boolean {
  return policy.kind === "route" && policy.rules.some(({ retry }) => retry !== undefined);
}

/** Of requests that are not the same. */
export function sumOfRanges(ranges: readonly CountRange[]): CountRange {
  return { atLeast: ranges.reduce((sum, { atLeast }) => sum + atLeast, 0), ...atMostOf(sumOfMost(ranges)) };
}

/** Of requests some of which may be the same, out of `all`. */
export function unionOfRanges(ranges: readonly CountRange[], all: number): CountRange {
  const atLeast = Math.max(0, ...ranges.map((range) => range.atLeast));
  return { atLeast, atMost: Math.max(atLeast, Math.min(all, sumOfMost(ranges) ?? all)) };
}

/** Without as many as `others` may be: those might not have come so far. */
export function lessOthers({ atLeast, atMost }: CountRange, others: CountRange): CountRange {
  const fewest = others.atMost === undefined ? 0 : Math.max(0, atLeast - others.atMost);
  return { atLeast: fewest, ...atMostOf(atMost) };
}

function sumOfMost(ranges: readonly CountRange[]): number | undefined {
  let sum = 0;
  for (const { atMost } of ranges) {
    if (atMost === undefined) return undefined;
    sum += atMost;
  }
  return sum;
}

function atMostOf(atMost: number | undefined): { atMost?: number } {
  return atMost === undefined ? {} : { atMost };
}
