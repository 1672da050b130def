/** A bucket that is full at first and gets `tokensPerFill` every `fillIntervalMs`, never above `maxTokens`. */
export interface TokenBucketSettings {
  readonly maxTokens: number;
  readonly tokensPerFill: number;
  readonly fillIntervalMs: number;
}

/** Cells a bucket takes. */
export const tokenBucketCells = 2;

const usedCell = 0;
const fillCell = 1;

/** Fills of other threads may be this far ahead: their clock was read a moment later. */
const clockSlackMs = 1_000;
const farTokens = 2 ** 30;

/**
 * Takes one token; false when there is none. Exact while any number of threads take at once: of G tokens there
 * ever were, the cell counts how many are used or spilled, and one compare-and-exchange on it takes one.
 *
 * Numbers wrap at 2^32, which is told from the truth by the fill of the last taking in the second cell: a bucket
 * unused for 2^30 tokens, or whose clock was set back, starts full. Settings of one bucket never change; new
 * settings get cells of another key.
 */
export function takeToken(cells: Int32Array, settings: TokenBucketSettings, nowMs: number): boolean {
  const { maxTokens, tokensPerFill, fillIntervalMs } = settings;
  const fill = Math.floor(nowMs / fillIntervalMs) | 0;
  const made = (Math.imul(fill, tokensPerFill) + maxTokens) | 0;
  const full = (made - maxTokens) | 0;
  for (;;) {
    // The order matters: who renews a bucket writes the fill before anybody takes, so a `used` read before a
    // stale fill is one that nothing has been taken from since, and the exchange below fails if that changed.
    const used = Atomics.load(cells, usedCell);
    const idleFills = (fill - Atomics.load(cells, fillCell)) | 0;
    if (
      idleFills * tokensPerFill >= farTokens ||
      idleFills * fillIntervalMs < -clockSlackMs - fillIntervalMs
    ) {
      if (Atomics.compareExchange(cells, usedCell, used, full) === used) Atomics.store(cells, fillCell, fill);
      continue;
    }
    const left = (made - used) | 0;
    if (left <= 0) return false;
    const next = ((left > maxTokens ? full : used) + 1) | 0;
    if (Atomics.compareExchange(cells, usedCell, used, next) !== used) continue;
    if (idleFills > 0) Atomics.store(cells, fillCell, fill);
    return true;
  }
}
