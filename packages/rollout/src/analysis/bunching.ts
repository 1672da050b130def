import type { Pair } from "./arm.ts";

/**
 * How many requests hit together, about: a user whose every try fails, retries, an endpoint that was down for a moment. Bets
 * count requests as if each hit by itself, so what they pay is taken to this root: bunches of three count as one. A payout so taken is
 * never better for the one who bets (Jensen), whatever is found here; requests that do hit each by itself lose little.
 *
 * From look to look the difference of the two versions varies as much as its parts let expect, were there no bunches; the
 * ratio of the two is their size. Only changes from one look to the next count (von Neumann, 1941), so that a canary that is
 * worse all the time is not taken for one whose failures come in bunches.
 */
export interface Bunching {
  /** Sum of squared changes, and of those that were to be expected. */
  readonly seen: number;
  readonly expected: number;
  readonly last: { readonly difference: number; readonly variance: number } | undefined;
}

/** So many expected squares are added to both sums: without requests there is no bunching. */
const prior = 2;
const largest = 100;

export const noBunching: Bunching = { seen: 0, expected: 0, last: undefined };

/** Both versions of the pair had requests. */
export function observeBunching({ seen, expected, last }: Bunching, { canary, baseline }: Pair): Bunching {
  const all = canary.requests + baseline.requests;
  const [ofCanary, ofBaseline] = [baseline.requests / all, canary.requests / all];
  const next = {
    difference: canary.hits * ofCanary - baseline.hits * ofBaseline,
    variance: canary.hits * ofCanary ** 2 + baseline.hits * ofBaseline ** 2, // of few hits among many requests (Poisson)
  };
  if (last === undefined) return { seen, expected, last: next };
  return {
    seen: seen + (next.difference - last.difference) ** 2,
    expected: expected + next.variance + last.variance,
    last: next,
  };
}

/** Requests that hit together, from 1. */
export function bunchSize({ seen, expected }: Bunching): number {
  return Math.min(largest, Math.max(1, (seen + prior) / (expected + prior)));
}
