const firstMs = 1_000;
const longestMs = 600_000;

/**
 * Pause before the next attempt, in milliseconds: twice as long after each one that failed, up to ten minutes, half of it by
 * chance, so that many who wait for the same server do not come back together. `random` is in [0, 1).
 */
export function backOffMs(failedAttempts: number, random: () => number): number {
  const most = Math.min(longestMs, firstMs * 2 ** Math.max(0, failedAttempts - 1));
  return most / 2 + (most / 2) * random();
}
