/** Time, passed in so that tests can hold it. */
export interface Clock {
  /** Milliseconds from some start, never going back, with fractions. */
  monotonicMs(): number;
  /** Milliseconds since 1970. */
  wallMs(): number;
}

export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
};
