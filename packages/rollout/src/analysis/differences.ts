/** The stakes of bets on more: from a tenth more of something rare to a hundred times as much. */
export const stakesAbove = [0.06, 0.15, 0.4, 1, 2.5, 6, 15, 40, 100] as const;

/** Of bets on less: there is no less than none, which the stake of 1 is about. */
export const stakesBelow = [0.06, 0.15, 0.4, 1] as const;

/**
 * Differences between two shares at which an interval may end, ascending, -0.9 to 0.9, zero and the margin among them:
 * finer near zero, from 0.05 points on by a third each.
 */
export function differencesFor(margin: number): number[] {
  const steps = Array.from({ length: 35 }, (_, step) => 0.0005 * 1.3 ** step).filter((size) => size < 0.9);
  const sizes = [...new Set([...steps, 0.9, margin])];
  return [...sizes.map((size) => -size), 0, ...sizes].sort((a, b) => a - b);
}
