const firstDelayMs = 200;
const longestDelayMs = 10_000;
const healthyAfterMs = 30_000;

/** How long to wait before a child is started again, and how often it has been by now. */
export interface Restart {
  readonly delayMs: number;
  /** 1 for the first restart since the child was last healthy. */
  readonly count: number;
}

/** Restarts so far in a row; begin with 0. */
export type RestartsInRow = number;

/**
 * 200 ms, doubled with every further end up to 10 s; a child that had run for 30 s was healthy, and begins anew.
 *
 * @param ranForMs how long the child lived this time
 */
export function nextRestart(inRow: RestartsInRow, ranForMs: number): Restart {
  const before = ranForMs >= healthyAfterMs ? 0 : inRow;
  return { delayMs: Math.min(longestDelayMs, firstDelayMs * 2 ** before), count: before + 1 };
}
