/** Time, handed in so that a test can own it. Milliseconds. */
export interface Clock {
  now(): number;
  /** Calls once, after at least that long; the answer cancels it. */
  after(delayMs: number, call: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after(delayMs, call) {
    const timer = setTimeout(call, delayMs);
    return () => clearTimeout(timer);
  },
};
