import type { Arm } from "../analysis/arm.ts";
import { stakesBelow } from "../analysis/differences.ts";
import { logPayoutAbove } from "../analysis/payout.ts";

/**
 * A share that the true one exceeds with a probability of at most `level`, 0 to 1: the one from which on bets on fewer
 * hits would have paid `1 / level`. 1 without requests.
 */
export function upperBound(arm: Arm, level: number): number {
  if (arm.requests === 0 || logPayoutBelow(arm, 1 - 1e-9) < -Math.log(level)) return 1;
  let [low, high] = [arm.hits / arm.requests, 1];
  for (let halving = 0; halving < 40; halving++) {
    const middle = (low + high) / 2;
    if (logPayoutBelow(arm, middle) >= -Math.log(level)) high = middle;
    else low = middle;
  }
  return high;
}

/** Of bets of several stakes that requests hit less often than `share`: that they are spared more often than the rest. */
function logPayoutBelow({ requests, hits }: Arm, share: number): number {
  const spared = { requests, hits: requests - hits };
  const payouts = stakesBelow.map((stake) => logPayoutAbove(spared, 1 - share, stake / (1 - share)));
  const most = Math.max(...payouts);
  const sum = payouts.reduce((total, payout) => total + Math.exp(payout - most), 0);
  return most + Math.log(sum / payouts.length);
}
