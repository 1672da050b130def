import type { Arm, Pair } from "./arm.ts";

/**
 * Bets on shares of requests (Waudby-Smith and Ramdas, Estimating means of bounded random variables by betting, 2024;
 * of two samples: Turner, Ly and Grünwald, Generic E-variables for exact sequential k-sample tests, 2024).
 *
 * A bet on one request pays `1 + stake * (hit - share)`, hit being 0 or 1. Where requests hit with at most that share
 * and the stake is above zero, no bet gains on average: what a series of them has made of one unit is an e-value.
 */

/** Nothing is ever staked whole, so that no request can end a bet for good. */
const boldest = 0.95;

/** Logarithm of what bets on each request of an arm pay together. `stake` lies within (-1/(1 - share), 1/share). */
export function logPayout({ requests, hits }: Arm, share: number, stake: number): number {
  return hits * Math.log1p(stake * (1 - share)) + (requests - hits) * Math.log1p(-stake * share);
}

/** Of bets that the arm hits more often than `share`; fair or worse for the one who bets where it doesn't. */
export function logPayoutAbove(arm: Arm, share: number, stake: number): number {
  return logPayout(arm, share, Math.min(stake, boldest / share));
}

/**
 * Of bets that the canary's share exceeds the baseline's by more than `excess` (-1 to 1); both arms have requests.
 *
 * The baseline is bet against so that the stakes of both arms sum to the same. Then the mean payout is at most
 * exp(stakes * (difference - excess)), by 1 + x <= e^x, whatever the shares themselves are: `guess`, what is believed
 * of the baseline's share, makes the bet good or bad, never unfair. Nor is anything asked of how shares change from one
 * pair to the next.
 */
export function logPayoutOfPair(
  { canary, baseline }: Pair,
  excess: number,
  guess: number,
  stake: number,
): number {
  const all = canary.requests + baseline.requests;
  const ofCanary = baseline.requests / all;
  const ofBaseline = canary.requests / all;
  const { low, high } = sharesOf(guess, excess);
  const most = boldest * Math.min(1 / (high * ofCanary), 1 / ((1 - low) * ofBaseline));
  const bound = Math.min(stake, most);
  return logPayout(canary, high, bound * ofCanary) + logPayout(baseline, low, -bound * ofBaseline);
}

/** The baseline's share as guessed and the canary's `excess` above it, both moved inside (0, 1). */
function sharesOf(guess: number, excess: number): { low: number; high: number } {
  const edge = 1e-6;
  const low = Math.min(Math.max(guess, edge, edge - excess), 1 - edge, 1 - edge - excess);
  return { low, high: low + excess };
}
