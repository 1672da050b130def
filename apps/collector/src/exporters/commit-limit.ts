/**
 * What one row adds to the time that its batch may take, in milliseconds.
 *
 * Measured: the largest body that is accepted (20 MiB) holds 395,685 spans of 53 bytes. Each a trace of its own, all of
 * one operation, on two cores shared with three times as much other work, they were committed in 54.5 s, 0.14 ms a row;
 * 50,000 of them took 2.2 s, 0.05 ms a row. Three times the slower figure leaves room for slower discs. A body whose
 * spans each name another operation takes longer still: how long has not been measured.
 */
export const rowAllowanceMs = 0.4;

/** Milliseconds that a batch of so many rows may take: the time-out of any statement, and an allowance for each row. */
export function commitLimitMs(rows: number, timeoutMs: number): number {
  return Math.ceil(timeoutMs + rows * rowAllowanceMs);
}
