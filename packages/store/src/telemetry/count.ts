/** A delta below zero or without a number is a sender's mistake that must not take away from others' counts. */
export function count(value: number): number {
  return value > 0 ? signedCount(value) : 0;
}

/** A whole number near enough to zero to be added to others; 0 for what is no number. */
export function signedCount(value: number): number {
  if (!Number.isFinite(value)) return 0;
  return Math.max(-largest, Math.min(Math.round(value), largest)) + 0; // -0 is 0
}

const largest = 2 ** 50;
