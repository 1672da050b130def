import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { logPayoutAbove, logPayoutOfPair } from "./payout.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });
const inside = fc.double({ min: 0.0001, max: 0.9999, noNaN: true });
const stake = fc.double({ min: 0, max: 200, noNaN: true });
const few = fc.integer({ min: 1, max: 4 });

function chance(requests: number, hits: number, p: number): number {
  const orders = [1, 1, 2, 6, 24];
  return (
    (orders[requests]! / (orders[hits]! * orders[requests - hits]!)) *
    p ** hits *
    (1 - p) ** (requests - hits)
  );
}

/** Mean payout over all that can happen. */
function meanOfPair(
  requests: { canary: number; baseline: number },
  shares: { canary: number; baseline: number },
  payout: (hits: { canary: number; baseline: number }) => number,
): number {
  let mean = 0;
  for (let canary = 0; canary <= requests.canary; canary++)
    for (let baseline = 0; baseline <= requests.baseline; baseline++)
      mean +=
        chance(requests.canary, canary, shares.canary) *
        chance(requests.baseline, baseline, shares.baseline) *
        Math.exp(payout({ canary, baseline }));
  return mean;
}

describe("a bet on two versions", () => {
  test("never gains on average where the canary is no worse than said, whatever is guessed and staked", () => {
    fc.assert(
      fc.property(share, share, few, few, inside, stake, share, (a, b, n, m, guess, bet, more) => {
        const shares = { canary: a, baseline: b };
        const excess = Math.min(0.9, Math.max(-0.9, a - b + more * 0.5));
        fc.pre(a - b <= excess);
        const mean = meanOfPair({ canary: n, baseline: m }, shares, (hits) =>
          logPayoutOfPair(
            { canary: { requests: n, hits: hits.canary }, baseline: { requests: m, hits: hits.baseline } },
            excess,
            guess,
            bet,
          ),
        );
        expect(mean).toBeLessThanOrEqual(1 + 1e-9);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each`
    canary  | baseline | excess
    ${0.02} | ${0.01}  | ${0}
    ${0.5}  | ${0.4}   | ${0}
    ${0.04} | ${0.01}  | ${0.01}
    ${0}    | ${0.02}  | ${-0.05}
  `("gains where the canary ($canary) exceeds the baseline ($baseline) by more than $excess", (given) => {
    const mean = meanOfPair({ canary: 1, baseline: 4 }, given, (hits) =>
      logPayoutOfPair(
        { canary: { requests: 1, hits: hits.canary }, baseline: { requests: 4, hits: hits.baseline } },
        given.excess,
        given.baseline,
        0.4,
      ),
    );
    expect(mean).toBeGreaterThan(1);
  });
});

test("a bet on one version never gains on average at or below the share, and gains above it", () => {
  const mean = (p: number, limit: number, bet: number, n: number) =>
    Array.from({ length: n + 1 }, (_, hits) => hits).reduce(
      (sum, hits) => sum + chance(n, hits, p) * Math.exp(logPayoutAbove({ requests: n, hits }, limit, bet)),
      0,
    );
  fc.assert(
    fc.property(inside, share, stake, few, (limit, part, bet, n) => {
      expect(mean(limit * part, limit, bet, n)).toBeLessThanOrEqual(1 + 1e-9);
    }),
  );
  expect(mean(0.2, 0.1, 1, 4)).toBeGreaterThan(1);
});
